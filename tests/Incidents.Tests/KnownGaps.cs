namespace FaultMaven.Incidents.Tests;

/// <summary>Incidents that do not come out right yet, and why. The test fails when one of them does, so the list stays true.</summary>
internal static class KnownGaps
{
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
    };
}
