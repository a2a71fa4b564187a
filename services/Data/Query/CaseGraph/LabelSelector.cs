namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>What an object demands of the labels of others.</summary>
/// <param name="Terms">Each key with the values that it may have; any, if there are none.</param>
internal sealed record LabelSelector(IReadOnlyList<(string Key, IReadOnlyList<string> Values)> Terms)
{
    public override string ToString() => Terms.Count == 0 ? "all pods" : string.Join(", ", Terms.Select(term =>
        term.Values.Count == 0 ? term.Key : $"{term.Key}={string.Join('|', term.Values)}"));

    public bool Matches(IReadOnlyDictionary<string, string> labels) => MatchCount(labels) == Terms.Count;

    /// <summary>How many terms the labels meet.</summary>
    public int MatchCount(IReadOnlyDictionary<string, string> labels) => Terms.Count(term => Meets(term, labels));

    /// <summary>The terms that the labels do not meet, with what they have instead.</summary>
    public string Difference(IReadOnlyDictionary<string, string> labels) => string.Join(", ", Terms.Where(term => !Meets(term, labels))
        .Select(term => labels.TryGetValue(term.Key, out var value) ? $"it has {term.Key}={value}" : $"it has no label {term.Key}"));

    /// <summary>True if it has a key of this selector.</summary>
    public bool IsNear(IReadOnlyDictionary<string, string> labels) => Terms.Any(term => labels.ContainsKey(term.Key));

    private static bool Meets((string Key, IReadOnlyList<string> Values) term, IReadOnlyDictionary<string, string> labels) =>
        labels.TryGetValue(term.Key, out var value) && (term.Values.Count == 0 || term.Values.Contains(value));
}
