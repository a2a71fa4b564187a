namespace FaultMaven.Incidents.Tests;

/// <summary>The incidents in the repository's <c>samples</c> folder.</summary>
internal static class Sample
{
    private static string Root => Path.Combine(AppContext.BaseDirectory, "Samples");

    public static IEnumerable<string> Names =>
        Directory.EnumerateDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    public static IEnumerable<string> EvidenceOf(string name) =>
        Directory.EnumerateFiles(Path.Combine(Root, name)).Order(StringComparer.Ordinal);
}
