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

    /// <summary>The values that have to be kept, unless they are.</summary>
    public List<PlacedValue> ToKeep { get; } = [];

    /// <summary>Numbers the values on the state that an index knows.</summary>
    /// <param name="index">The digests that have a number.</param>
    /// <param name="head">The head that is about to be written, without what is added here.</param>
    /// <param name="keyId">The key in use.</param>
    public void Number(ScopeIndex index, ScopeHead head, string keyId)
    {
        _added.Clear();
        Added.Clear();
        ToKeep.Clear();
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
            if (!isSure && values[i].IsWhole && (!isUnderKey || number <= head.Types[head.IndexOf(values[i].Type)].UnsureUpTo)
                && !index.IsVerified(head.Generation, PlacedValue.PlaceOf(values[i].Type, number), number))
            {
                ToKeep.Add(new PlacedValue(values[i].Type, number, values[i].Identity, IsNew: false));
            }
        }
    }

    /// <summary>The types of a head once this is added.</summary>
    public IEnumerable<NumberedType> TypesAfter(ScopeHead head) =>
        head.Types
            .Select((type, i) => Added.Find(added => added.Type == i) is { } added ? type with { Last = added.Last } : type)
            .Concat(Added.Where(added => added.Type >= head.Types.Length)
                .Select(added => new NumberedType(added.Name, added.Last, UnsureUpTo: 0)));

    /// <summary>Whether this gives the last number of a block whose first ones were given before.</summary>
    public bool Completes(ValuePlace place) =>
        Added.Exists(added => added.Name == place.Type && ValueBlock.Of(added.First) == place.Block
            && ValueBlock.OffsetOf(added.First) > 0 && ValueBlock.Of(added.Last + 1) > place.Block);

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

        number = added.Add(digest);
        _added.Add(digest, number);
        if (value.IsWhole)
        {
            ToKeep.Add(new PlacedValue(value.Type, number, value.Identity, IsNew: true));
        }

        return number;
    }
}

/// <summary>New values of a type, their numbers one behind the other.</summary>
/// <param name="type">The type's place in the head.</param>
/// <param name="name">The type.</param>
/// <param name="first">The first one's number.</param>
internal sealed class AddedValues(int type, string name, long first)
{
    public int Type => type;

    public string Name => name;

    public long First => first;

    public long Last => first + Digests.Count - 1;

    public List<Digest> Digests { get; } = [];

    /// <returns>Its number.</returns>
    public long Add(Digest digest)
    {
        Digests.Add(digest);
        return Last;
    }
}

/// <summary>A value that has to be kept.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Number">Its number.</param>
/// <param name="Value">The value.</param>
/// <param name="IsNew">Whether the number was given just now; if not, it may be kept already.</param>
internal readonly record struct PlacedValue(string Type, long Number, string Value, bool IsNew)
{
    /// <summary>Where it is kept.</summary>
    public ValuePlace Place => PlaceOf(Type, Number);

    /// <summary>Where the value of a number is kept.</summary>
    public static ValuePlace PlaceOf(string type, long number) => new(type, ValueBlock.Of(number));
}
