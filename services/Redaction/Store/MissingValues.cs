
namespace FaultMaven.Redaction.Store;

/// <summary>The result of looking whether some values are kept.</summary>
internal sealed class MissingValues
{
    private readonly List<(ValuePlace Place, int Offset)> _seen = [];

    /// <summary>How many were not kept.</summary>
    public int Count { get; private set; }

    /// <summary>What has to be written so that all are kept, under the key in use.</summary>
    public List<ValueWrite> Writes { get; } = [];

    /// <summary>Takes note of a block and the values that should be in it.</summary>
    public void Add(Seal seal, ValuePlace place, ValueBlock block, IEnumerable<UnsureValue> values)
    {
        var missing = new List<(int Offset, string Value)>();
        foreach (var value in values)
        {
            if (block[value.Offset] is null)
            {
                block.Set(value.Offset, value.Value);
                missing.Add((value.Offset, value.Value));
            }
        }

        Count += missing.Count;
        if (block.IsStale)
        {
            Writes.Add(new ValueWrite(place, Replaces: true, [.. block.Close(seal, place)]));
        }
        else if (missing.Count > 0)
        {
            Writes.Add(new ValueWrite(place, Replaces: false, [.. ValueBlock.Frames(seal, place, missing)]));
        }

        _seen.AddRange(Enumerable.Range(0, ValueBlock.Size).Where(offset => block[offset] is not null).Select(offset => (place, offset)));
    }

    /// <summary>Updates an index, once it is written.</summary>
    public void Verify(ScopeIndex index)
    {
        foreach (var (place, offset) in _seen)
        {
            index.Verify(place, offset);
        }
    }
}
