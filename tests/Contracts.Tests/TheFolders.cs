using System.Text.RegularExpressions;

namespace FaultMaven.Contracts.Tests;

/// <summary>The folders of a service are layers: code knows its own folder and those further down, never those above or beside it.</summary>
public sealed partial class TheFolders
{
    // From the top; folders in one row do not know each other.
    private static readonly Dictionary<string, string[][]> s_layers = new()
    {
        ["Redaction"] =
        [
            ["Api"],
            ["Redacting", "Restoring"],
            ["External"],
            ["Policies"],
            ["Store", "Scanning", "Screening"],
            ["Recognition"],
        ],
    };

    public static TheoryData<string> Services => [.. s_layers.Keys];

    [Theory]
    [MemberData(nameof(Services))]
    public void Are_all_in_the_order_of_the_service(string service)
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "services", service))
            .Select(Path.GetFileName)
            .Where(name => name is not ("bin" or "obj" or "Properties"));

        Assert.Equal(s_layers[service].SelectMany(row => row).Order(), folders.Order());
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Use_only_what_is_further_down(string service)
    {
        var upwards =
            from path in Repository.Sources($"services/{service}")
            let folder = FolderOf(path, service)
            where folder is not null
            from used in Used().Matches(File.ReadAllText(path)).Select(match => match.Groups["folder"].Value).Distinct()
            where used != folder && RowOf(service, used) is { } row && row <= RowOf(service, folder)
            select $"{Path.GetRelativePath(Repository.Root, path)} uses {used}";

        Assert.Empty(upwards);
    }

    private static string? FolderOf(string path, string service)
    {
        var parts = Path.GetRelativePath(Path.Combine(Repository.Root, "services", service), path).Replace('\\', '/').Split('/');
        return parts.Length > 1 ? parts[0] : null;
    }

    private static int? RowOf(string service, string folder) =>
        s_layers[service].Index().Where(row => row.Item.Contains(folder)).Select(row => (int?)row.Index).FirstOrDefault();

    [GeneratedRegex(@"\bFaultMaven\.(?:Agents|Data|Knowledge|Redaction|Sessions)\.(?<folder>\w+)")]
    private static partial Regex Used();
}
