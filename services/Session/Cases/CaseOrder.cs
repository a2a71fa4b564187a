using System.Globalization;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Paging;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Sessions.Cases;

/// <summary>
/// The order of a list of cases, <c>order_by</c> of google.aip.dev/132. Cases that are equal by it are ordered newest first.
/// </summary>
internal sealed class CaseOrder
{
    private const string CreateTime = "create_time";

    private static readonly string[] s_fields = [CreateTime, "update_time", "title", "priority", "severity"];

    private readonly IReadOnlyList<(string Field, bool Descending)> _fields;

    private CaseOrder(IReadOnlyList<(string Field, bool Descending)> fields) => _fields = fields;

    /// <summary>Whether it is the order of creation, which the index has.</summary>
    public bool IsByCreation => _fields[0].Field == CreateTime;

    /// <summary>Whether the order of creation is reversed.</summary>
    public bool NewestFirst => _fields[0].Descending;

    /// <summary>Reads an <c>order_by</c>.</summary>
    public static CaseOrder Parse(string orderBy)
    {
        if (string.IsNullOrWhiteSpace(orderBy))
        {
            return new CaseOrder([(CreateTime, true)]);
        }

        return new CaseOrder([.. orderBy.Split(',').Select(ParseField).DistinctBy(field => field.Field)]);
    }

    /// <summary>Compares two cases.</summary>
    public int Compare(ListedCase one, ListedCase other)
    {
        foreach (var (field, descending) in _fields)
        {
            var order = CompareKeys(KeyOf(one, field), KeyOf(other, field));
            if (order != 0)
            {
                return descending ? -order : order;
            }
        }

        return other.Place.CompareTo(one.Place);
    }

    /// <summary>Whether a case comes after the last one of the page before.</summary>
    public bool IsAfter(ListedCase listed, KeysetPage page)
    {
        for (var i = 0; i < _fields.Count; i++)
        {
            var order = CompareKeys(KeyOf(listed, _fields[i].Field), page.Text(i));
            if (order != 0)
            {
                return order > 0 != _fields[i].Descending;
            }
        }

        return listed.Place < page.Number(_fields.Count);
    }

    /// <summary>The token for the page after a case.</summary>
    public string TokenAfter(ListedCase listed, KeysetPage page) => page.NextToken(
        [.. _fields.Select(field => KeyOf(listed, field.Field)), listed.Place.ToString(CultureInfo.InvariantCulture)]);

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
        CreateTime => listed.Place.ToString("D19", CultureInfo.InvariantCulture),
        "update_time" => Key(listed.Case.UpdateTime),
        "priority" => Key((int)listed.Case.Priority),
        "severity" => Key((int)listed.Case.Severity),
        _ => listed.Case.Title,
    };

    private static string Key(int level) => level.ToString("D2", CultureInfo.InvariantCulture);

    private static string Key(Timestamp timestamp) =>
        string.Create(CultureInfo.InvariantCulture, $"{timestamp.Seconds:D12}.{timestamp.Nanos:D9}");

    private static int CompareKeys(string one, string other) => string.CompareOrdinal(one, other);
}

/// <summary>A case with its place in the order of creation.</summary>
internal readonly record struct ListedCase(Proto.Case Case, long Place);
