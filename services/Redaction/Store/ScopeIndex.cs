using System.Collections;

namespace FaultMaven.Redaction.Store;

/// <summary>What this process knows of a scope: all of its digests up to a state of the store. Not thread-safe.</summary>
internal sealed class ScopeIndex
{
    // Beside the table: the head, and what the runtime needs for the objects.
    private const int OwnBytes = 1024;
    private const int BlockBytes = 160;

    private readonly Dictionary<ValuePlace, BitArray> _verified = [];

    public DigestTable Table { get; private set; } = new();

    /// <summary>The head whose digests it has, or none.</summary>
    public StoredHead Stored { get; private set; } = StoredHead.None;

    /// <inheritdoc cref="Stored"/>
    public ScopeHead Head => Stored.Head;

    /// <summary>Whether it has all of those digests and no others.</summary>
    public bool IsRead { get; private set; }

    /// <summary>How much memory it takes, about.</summary>
    public long Bytes => OwnBytes + Table.Bytes + ((long)_verified.Count * BlockBytes);

    /// <summary>Starts over, as a scope of which nothing is known.</summary>
    public void Clear()
    {
        Table = new DigestTable();
        _verified.Clear();
        Stored = StoredHead.None;
        IsRead = false;
    }

    /// <summary>Says that digests will be put into the table that are not yet of its head.</summary>
    public void Begin() => IsRead = false;

    /// <summary>Puts digests into the table that were written just now; their head follows.</summary>
    public void Learn(List<AddedValues> added)
    {
        foreach (var values in added)
        {
            for (var i = 0; i < values.Digests.Count; i++)
            {
                Table.Set(values.Digests[i], values.First + i);
            }
        }
    }

    /// <summary>Takes note of a head whose digests are all in the table.</summary>
    public void Advance(StoredHead stored)
    {
        if (stored.Head.Generation != Head.Generation)
        {
            _verified.Clear();
        }

        Stored = stored;
        IsRead = true;
    }

    /// <summary>Whether someone looked, in this generation, and a value was kept, under the key in use.</summary>
    public bool IsVerified(long generation, ValuePlace place, long number) =>
        generation == Head.Generation && _verified.TryGetValue(place, out var numbers) && numbers[ValueBlock.OffsetOf(number)];

    /// <summary>Takes note that a value is kept, under the key in use.</summary>
    public void Verify(ValuePlace place, int offset)
    {
        if (!_verified.TryGetValue(place, out var numbers))
        {
            _verified.Add(place, numbers = new BitArray(ValueBlock.Size));
        }

        numbers[offset] = true;
    }
}
