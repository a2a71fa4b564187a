using System.Collections;
using StackExchange.Redis;

namespace FaultMaven.Redaction.Store;

/// <summary>What this process knows of a scope: all of its digests up to a state of the store. Not thread-safe.</summary>
internal sealed class ScopeIndex
{
    // Beside the table: the head, and what the runtime needs for the objects.
    private const int OwnBytes = 1024;
    private const int BlockBytes = 160;

    private readonly Dictionary<ValuePlace, BitArray> _verified = [];

    public DigestTable Table { get; private set; } = new();

    /// <summary>The head whose digests it has, or an empty one.</summary>
    public ScopeHead Head { get; private set; } = new();

    /// <summary>The same as the store has it; null if there is none.</summary>
    public RedisValue HeadBytes { get; private set; } = RedisValue.Null;

    /// <summary>Whether it was ever read from the store.</summary>
    public bool IsRead { get; private set; }

    /// <summary>How much memory it takes, about.</summary>
    public long Bytes => OwnBytes + Table.Bytes + ((long)_verified.Count * BlockBytes);

    /// <summary>Starts over, as a scope of which nothing is known.</summary>
    public void Clear()
    {
        Table = new DigestTable();
        _verified.Clear();
        Head = new ScopeHead();
        HeadBytes = RedisValue.Null;
        IsRead = false;
    }

    /// <summary>Takes note of a head whose digests are all in the table.</summary>
    public void Advance(ScopeHead head, RedisValue bytes)
    {
        if (head.Generation != Head.Generation || head.SealedUnder != Head.SealedUnder)
        {
            _verified.Clear();
        }

        Head = head;
        HeadBytes = bytes;
        IsRead = true;
    }

    /// <summary>Whether someone looked and a value was kept, under the key in use.</summary>
    public bool IsVerified(ValuePlace place, long number) => _verified.TryGetValue(place, out var numbers)
        && numbers[ValueBlock.OffsetOf(number)];

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
