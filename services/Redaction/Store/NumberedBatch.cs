
namespace FaultMaven.Redaction.Store;

/// <summary>
/// Some values that are numbered in one go, and what has to be written so that it holds. It may be done again, on another state of the
/// scope.
/// </summary>
/// <param name="values">All values of a call.</param>
/// <param name="digests">Theirs.</param>
/// <param name="numbers">Where their numbers go.</param>
/// <param name="from">The first that is numbered here.</param>
/// <param name="to">The first that is not any more.</param>
internal sealed class NumberedBatch(IReadOnlyList<SensitiveValue> values, Digest[] digests, NumberedValue[] numbers, int from, int to)
{
    private readonly Dictionary<Digest, long> _added = [];

    /// <summary>What is new, by type.</summary>
    public List<AddedValues> Added { get; } = [];

    /// <summary>The values that have a number, and may not be kept, or not under the key in use.</summary>
    public List<UnsureValue> Unsure { get; } = [];

    /// <summary>Numbers the values on the state that an index knows.</summary>
    /// <param name="index">The digests that have a number.</param>
    /// <param name="head">The head that is about to be written, without what is added here.</param>
    /// <param name="keyId">The key in use.</param>
    public void Number(ScopeIndex index, ScopeHead head, string keyId)
    {
        _added.Clear();
        Added.Clear();
        Unsure.Clear();
        var isUnderKey = head.SealedUnder == keyId;
        var isSure = isUnderKey && head.Types.All(type => type.UnsureUpTo == 0);
        for (var i = from; i < to; i++)
        {
            var number = index.Table.Find(digests[i]);
            if (number == 0)
            {
                numbers[i] = new NumberedValue(Add(head, values[i], digests[i]), IsNew: true);
                continue;
            }

            numbers[i] = new NumberedValue(number, IsNew: false);
            if (!isSure && values[i].IsWhole && (!isUnderKey || number <= head.Types[head.IndexOf(values[i].Type)].UnsureUpTo))
            {
                var place = new ValuePlace(head.Generation, values[i].Type, ValueBlock.Of(number));
                if (!index.IsVerified(place, number))
                {
                    Unsure.Add(new UnsureValue(place, ValueBlock.OffsetOf(number), values[i].Identity));
                }
            }
        }
    }

    /// <summary>The types of a head once this is added.</summary>
    public IEnumerable<NumberedType> TypesAfter(ScopeHead head) =>
        head.Types
            .Select((type, i) => Added.Find(added => added.Type == i) is { } added ? type with { Last = added.Last } : type)
            .Concat(Added.Where(added => added.Type >= head.Types.Length)
                .Select(added => new NumberedType(added.Name, added.Last, UnsureUpTo: 0)));

    private long Add(ScopeHead head, SensitiveValue value, Digest digest)
    {
        if (_added.TryGetValue(digest, out var number))
        {
            return number;
        }

        var added = Added.Find(added => added.Name == value.Type);
        if (added is null)
        {
            var type = head.IndexOf(value.Type);
            Added.Add(added = type >= 0
                ? new AddedValues(type, value.Type, head.Types[type].Last + 1)
                : new AddedValues(head.Types.Length + Added.Count(other => other.Type >= head.Types.Length), value.Type, 1));
        }

        number = added.Add(digest, value.IsWhole ? value.Identity : null);
        _added.Add(digest, number);
        return number;
    }
}

/// <summary>New values of a type, their numbers one behind the other.</summary>
/// <param name="type">The type's place in the head.</param>
/// <param name="name">The type.</param>
/// <param name="first">The first one's number.</param>
internal sealed class AddedValues(int type, string name, long first)
{
    private readonly List<string?> _values = [];

    public int Type => type;

    public string Name => name;

    public long First => first;

    public long Last => first + Digests.Count - 1;

    public List<Digest> Digests { get; } = [];

    /// <returns>Its number.</returns>
    public long Add(Digest digest, string? value)
    {
        Digests.Add(digest);
        _values.Add(value);
        return Last;
    }

    /// <summary>How many of them are to be kept.</summary>
    public int KeptCount => _values.Count(value => value is not null);

    /// <summary>What is to be written, by block.</summary>
    public IEnumerable<ValueWrite> Writes(Seal seal, long generation)
    {
        for (var i = 0; i < _values.Count;)
        {
            var place = new ValuePlace(generation, name, ValueBlock.Of(first + i));
            var start = ValueBlock.OffsetOf(first + i);
            var kept = new List<(int, string)>();
            for (; i < _values.Count && ValueBlock.Of(first + i) == place.Block; i++)
            {
                if (_values[i] is { } value)
                {
                    kept.Add((ValueBlock.OffsetOf(first + i), value));
                }
            }

            if (kept.Count > 0)
            {
                // No writer can have written to a block whose first number was not given yet.
                yield return new ValueWrite(place, Replaces: start == 0, [.. ValueBlock.Frames(seal, place, kept)]);
            }
        }
    }
}

/// <summary>A value that has a number, and may not be kept, or not under the key in use.</summary>
internal readonly record struct UnsureValue(ValuePlace Place, int Offset, string Value);

/// <summary>Frames to be written to a block.</summary>
/// <param name="Place">The block's.</param>
/// <param name="Replaces">Whether they replace what was in it, or are added.</param>
/// <param name="Frames">At least one.</param>
internal sealed record ValueWrite(ValuePlace Place, bool Replaces, IReadOnlyList<byte[]> Frames);
