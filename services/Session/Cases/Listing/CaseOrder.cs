using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Paging;

namespace FaultMaven.Sessions.Cases.Listing;

/// <summary>
/// The order of a list of cases, <c>order_by</c> of google.aip.dev/132. Cases that are equal by it are ordered newest first; by
/// <c>update_time</c>, which is hardly ever equal, in the direction that it has.
/// </summary>
internal sealed class CaseOrder
{
    private const string CreateTime = "create_time";
    private const string UpdateTime = "update_time";

    private static readonly string[] s_fields = [CreateTime, UpdateTime, "title", CaseFacets.Priority, CaseFacets.Severity];

    private readonly IReadOnlyList<(string Field, bool Descending)> _fields;

    private CaseOrder(IReadOnlyList<(string Field, bool Descending)> fields)
    {
        _fields = fields;
        Level = fields[0].Field is CaseFacets.Priority or CaseFacets.Severity ? fields[0].Field : null;
        LevelsDescend = Level is not null && fields[0].Descending;
        Sequence = (Level is null ? fields : [.. fields.Skip(1)]) switch
        {
            [] => CaseSequence.Creation,
            [(CreateTime, _)] => CaseSequence.Creation,
            [(UpdateTime, _)] => CaseSequence.Update,
            _ => null,
        };
        IsDescending = (Level is not null && fields.Count == 1) || fields[^1].Descending;
        PlaceDescends = Sequence is null || IsDescending;
    }

    /// <summary>The field whose levels come one after the other, if the order begins so.</summary>
    public string? Level { get; }

    /// <summary>Whether the highest level comes first.</summary>
    public bool LevelsDescend { get; }

    /// <summary>The sequence that cases of a level, or all, are listed in. Null if the index has none like it.</summary>
    public CaseSequence? Sequence { get; }

    /// <summary>Whether that is reversed.</summary>
    public bool IsDescending { get; }

    private bool PlaceDescends { get; }

    /// <summary>Reads an <c>order_by</c>.</summary>
    public static CaseOrder Parse(string orderBy)
    {
        if (string.IsNullOrWhiteSpace(orderBy))
        {
            return new CaseOrder([(CreateTime, true)]);
        }

        var fields = orderBy.Split(',').Select(ParseField).DistinctBy(field => field.Field).ToList();

        // No two cases were created at the same place, so what is after it orders nothing.
        var created = fields.FindIndex(field => field.Field == CreateTime);
        return new CaseOrder(created < 0 ? fields : fields[..(created + 1)]);
    }

    /// <summary>Where a case is in the order.</summary>
    public CasePosition PositionOf(ListedCase listed) => new([.. _fields.Select(field => KeyOf(listed, field.Field))], listed.Place);

    /// <summary>Where an entry of <see cref="Sequence"/> is in the order.</summary>
    /// <param name="level">The level that the entry is of, if there are any.</param>
    /// <param name="end">The end of its key.</param>
    public CasePosition PositionOf(int level, string end)
    {
        var (time, place) = CaseIndexKeys.Read(end);
        return new CasePosition(
            [
                .. _fields.Select(field => field.Field switch
                {
                    CreateTime => CaseIndexKeys.Text(place),
                    UpdateTime => time ?? "",
                    _ => Key(level),
                }),
            ],
            place);
    }

    /// <summary>The position that a page comes after.</summary>
    public CasePosition PositionBefore(KeysetPage page) =>
        new([.. _fields.Select((_, part) => page.Text(part))], page.Number(_fields.Count));

    /// <summary>The level of a position.</summary>
    public static int LevelOf(CasePosition position) => int.TryParse(position.Keys[0], out var level) ? level : 0;

    /// <summary>Whether a case is of a level, or the order has none. It may have been changed since its entry was read.</summary>
    public bool IsOfLevel(Proto.Case found, int level) => Level switch
    {
        null => true,
        CaseFacets.Priority => (int)found.Priority == level,
        _ => (int)found.Severity == level,
    };

    /// <summary>The end of the key of the entry at a position.</summary>
    public string EndOf(CasePosition position) => Sequence == CaseSequence.Update
        ? CaseIndexKeys.After(position.Keys[^1], position.Place)
        : CaseIndexKeys.Text(position.Place);

    /// <summary>Compares two positions.</summary>
    public int Compare(CasePosition one, CasePosition other)
    {
        for (var i = 0; i < _fields.Count; i++)
        {
            var order = string.CompareOrdinal(one.Keys[i], other.Keys[i]);
            if (order != 0)
            {
                return _fields[i].Descending ? -order : order;
            }
        }

        return PlaceDescends ? other.Place.CompareTo(one.Place) : one.Place.CompareTo(other.Place);
    }

    private static (string Field, bool Descending) ParseField(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is ([_] or [_, "asc" or "desc"]) && s_fields.Contains(words[0])
            ? (words[0], words is [_, "desc"])
            : throw RpcFault.InvalidField(
                "order_by", $"must be fields ({string.Join(", ", s_fields)}) with commas between them; desc after a field reverses it");
    }

    // Numbers are padded, so that all keys compare as text.
    private static string KeyOf(ListedCase listed, string field) => field switch
    {
        CreateTime => CaseIndexKeys.Text(listed.Place),
        UpdateTime => CaseIndexKeys.Text(listed.Case.UpdateTime),
        CaseFacets.Priority => Key((int)listed.Case.Priority),
        CaseFacets.Severity => Key((int)listed.Case.Severity),
        _ => listed.Case.Title,
    };

    private static string Key(int level) => level.ToString("D2", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>A case with its place in the order of creation.</summary>
internal readonly record struct ListedCase(Proto.Case Case, long Place);

/// <summary>A position in an order.</summary>
/// <param name="Keys">What cases are compared by, field after field.</param>
/// <param name="Place">What they are compared by if all of these are equal.</param>
internal sealed record CasePosition(IReadOnlyList<string> Keys, long Place)
{
    /// <summary>The token for the page after it.</summary>
    public string TokenOf(KeysetPage page) =>
        page.NextToken([.. Keys, Place.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
}
