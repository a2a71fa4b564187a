using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Redaction.Store;

/// <summary>What has to be written so that some values are kept, under the key in use.</summary>
/// <param name="seal">Seals what is written.</param>
internal sealed class ValueWrites(Seal seal)
{
    private readonly List<(ValuePlace Place, IReadOnlyList<string> Replaced, IReadOnlyList<byte[]> Frames)> _writes = [];
    private readonly List<(ValuePlace Place, int Offset)> _seen = [];

    /// <summary>Whether nothing has to be written.</summary>
    public bool AreNone => _writes.Count == 0;

    /// <summary>How many values will be kept that were not.</summary>
    public int KeptCount { get; private set; }

    /// <summary>By how much it changes the number of records.</summary>
    public int RecordCount => _writes.Sum(write => write.Frames.Count - write.Replaced.Count);

    /// <summary>Adds new values to a block that needs no look.</summary>
    public void Add(ValuePlace place, IReadOnlyList<(int Offset, string Value)> values)
    {
        KeptCount += values.Count;
        _writes.Add((place, [], ValueBlock.Frames(seal, place, values)));
    }

    /// <summary>Adds values to a block, if they are not in it.</summary>
    /// <param name="place">Its place.</param>
    /// <param name="block">The block, which has them then.</param>
    /// <param name="values">The values.</param>
    /// <param name="isFull">Whether nothing will be added any more, so that it may become one record.</param>
    public void Add(ValuePlace place, ValueBlock block, IEnumerable<(int Offset, string Value)> values, bool isFull)
    {
        var missing = new List<(int Offset, string Value)>();
        foreach (var (offset, value) in values)
        {
            if (block[offset] is null)
            {
                block.Set(offset, value);
                missing.Add((offset, value));
            }
        }

        KeptCount += missing.Count;
        if (block.IsStale || (isFull && block.IsScattered))
        {
            Renew(place, block);
        }
        else if (missing.Count > 0)
        {
            _writes.Add((place, [], ValueBlock.Frames(seal, place, missing)));
        }

        _seen.AddRange(Enumerable.Range(0, ValueBlock.Size).Where(offset => block[offset] is not null).Select(offset => (place, offset)));
    }

    /// <summary>Writes a block anew, all of it under the key in use.</summary>
    public void Renew(ValuePlace place, ValueBlock block) => _writes.Add((place, block.Readable, block.Close(seal, place)));

    /// <summary>Puts all of it into a transaction.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="stamp">That of the head that it writes: no two writes have the same keys.</param>
    /// <param name="lifetime">How long the values are kept.</param>
    public void PutInto(StateTransaction transaction, long stamp, TimeSpan lifetime)
    {
        foreach (var (place, replaced, frames) in _writes)
        {
            foreach (var key in replaced)
            {
                transaction.Delete(key);
            }

            foreach (var (i, frame) in frames.Index())
            {
                transaction.Put($"{ScopeKeys.ValuesOf(place)}{stamp:x16}.{i}", frame, lifetime);
            }
        }
    }

    /// <summary>Tells an index what was seen to be kept, once it is written.</summary>
    public void Verify(ScopeIndex index)
    {
        foreach (var (place, offset) in _seen)
        {
            index.Verify(place, offset);
        }
    }
}
