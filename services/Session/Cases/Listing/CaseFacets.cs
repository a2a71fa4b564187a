using System.Globalization;
using System.IO.Hashing;
using System.Text;

namespace FaultMaven.Sessions.Cases.Listing;

/// <summary>What cases are found by without reading all of them: values of fields of the contract.</summary>
internal static class CaseFacets
{
    /// <summary>What all cases have.</summary>
    public const string All = "all";

    public const string Priority = "priority";
    public const string Severity = "severity";

    // Longer ones would not fit into a key together with the rest.
    private const int MaxLength = 96;

    /// <summary>
    /// The fields, those first whose values most likely have few cases. Another one needs a new <see cref="CaseIndex.Version"/>.
    /// </summary>
    public static IReadOnlyList<string> Fields { get; } = ["tags", "members", "service", "owner", Severity, Priority, "state"];

    /// <summary>The facets of a case, each once.</summary>
    public static IEnumerable<string> Of(Proto.Case indexed)
    {
        yield return All;
        foreach (var (field, value) in ValuesOf(indexed).Where(pair => !IsEmpty(pair.Field, pair.Value)))
        {
            var facet = Of(field, value);
            yield return facet;
            if (HasLevels(field))
            {
                yield return OfLevel(facet, (int)indexed.Priority);
            }
        }
    }

    /// <summary>The facets of a case as short numbers, by which most cases that a filter does not ask for are passed over unread.</summary>
    public static IEnumerable<string> DigestsOf(Proto.Case indexed) =>
        ValuesOf(indexed).Select(pair => DigestOf(Of(pair.Field, pair.Value)));

    /// <summary>A facet as a short number. Some share one.</summary>
    public static string DigestOf(string facet) =>
        XxHash32.HashToUInt32(Encoding.UTF8.GetBytes(facet)).ToString("x8", CultureInfo.InvariantCulture);

    /// <summary>Whether cases with a facet of the field can also be found by it and their priority.</summary>
    public static bool HasLevels(string field) => field is "tags" or "members" or "service" or "owner" or "state";

    /// <summary>The facet of cases that have another one and a priority.</summary>
    public static string OfLevel(string facet, int priority) => $"{facet}&{Of(Priority, Number(priority))}";

    /// <summary>The facet of a value of a field, as it is in keys. Long values may share one.</summary>
    public static string Of(string field, string value)
    {
        var text = Uri.EscapeDataString(value);
        return text.Length <= MaxLength
            ? $"{field}={text}"
            : $"{field}~{Convert.ToHexStringLower(XxHash128.Hash(Encoding.UTF8.GetBytes(value)))}";
    }

    /// <summary>A value of an enum as filters give it.</summary>
    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>
    /// Whether cases without a value for the field have no facet of it, so that those without cannot be found by it.
    /// </summary>
    public static bool IsEmpty(string field, string value) => value.Length == 0 && field is "service" or "tags" or "members";

    private static IEnumerable<(string Field, string Value)> ValuesOf(Proto.Case indexed)
    {
        yield return ("state", Number((int)indexed.State));
        yield return (Priority, Number((int)indexed.Priority));
        yield return (Severity, Number((int)indexed.Severity));
        yield return ("owner", indexed.Owner);
        yield return ("service", indexed.Service);
        foreach (var tag in indexed.Tags.Distinct(StringComparer.Ordinal))
        {
            yield return ("tags", tag);
        }

        foreach (var member in indexed.Members)
        {
            yield return ("members", member.Member);
        }
    }
}
