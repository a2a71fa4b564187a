using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Sessions.Cases.Listing;

/// <summary>Writes and reads the keys of the index.</summary>
internal static class CaseIndexKeys
{
    /// <summary>What all keys of the index begin with, in the shards of the store.</summary>
    public const string Root = "cases/";

    /// <summary>What the keys of a tenant begin with.</summary>
    public static string OfTenant(string tenant) => $"{Root}{tenant}/";

    /// <summary>What the keys of cases with a facet begin with, in a sequence.</summary>
    public static string PrefixOf(string tenant, CaseSequence sequence, string facet) =>
        $"{OfTenant(tenant)}{(sequence == CaseSequence.Creation ? 'c' : 'u')}/{facet}/";

    /// <summary>The entries that lead to a case, by their keys: its id, and in the order of updates also digests of its facets.</summary>
    public static IReadOnlyDictionary<string, string> EntriesOf(string tenant, string id, Proto.Case indexed, long place)
    {
        var end = Text(place);
        var entries = CaseFacets.Of(indexed).ToDictionary(
            facet => PrefixOf(tenant, CaseSequence.Creation, facet) + end, _ => id, StringComparer.Ordinal);
        entries.Add(
            PrefixOf(tenant, CaseSequence.Update, CaseFacets.All) + After(Text(indexed.UpdateTime), place),
            string.Join(' ', CaseFacets.DigestsOf(indexed).Prepend(id)));
        return entries;
    }

    /// <summary>A place as text: it compares as the number does.</summary>
    public static string Text(long place) => place.ToString("D19", CultureInfo.InvariantCulture);

    /// <summary>A time as text: it compares as the time does.</summary>
    public static string Text(Timestamp time) => string.Create(CultureInfo.InvariantCulture, $"{time.Seconds:D12}.{time.Nanos:D9}");

    /// <summary>The end of a key in the sequence of updates.</summary>
    public static string After(string time, long place) => $"{time}/{Text(place)}";

    /// <summary>What the end of a key says.</summary>
    public static (string? Time, long Place) Read(string end)
    {
        var slash = end.IndexOf('/', StringComparison.Ordinal);
        return (slash < 0 ? null : end[..slash], long.Parse(end.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }
}
