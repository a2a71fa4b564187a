using System.Reflection;
using System.Text.RegularExpressions;

namespace FaultMaven.Contracts.Tests;

/// <summary>
/// The folders of services/Redaction are layers: code knows its own folder and those in the rows below, never those above or in the same
/// row. What counts is what the compiled code refers to; constants leave no trace there, so the usings of the source count too.
/// </summary>
public sealed partial class TheLayersOfRedaction
{
    private const string Root = "FaultMaven.Redaction";

    private static readonly string[][] s_rows =
    [
        ["Api"],
        ["Redacting", "Restoring"],
        ["External"],
        ["Policies"],
        ["Store", "Scanning", "Screening"],
        ["Recognition"],
    ];

    [Fact]
    public void Are_all_listed_here()
    {
        var folders = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "services", "Redaction"))
            .Select(Path.GetFileName)
            .Except(["bin", "obj", "Properties"]);

        Assert.Equal(s_rows.SelectMany(row => row).Order(), folders.Order());
    }

    [Fact]
    public void Refer_to_lower_layers_only()
    {
        var compiled =
            from type in Assembly.Load(Root).GetTypes()
            where RowOf(type.Namespace) is not null
            from used in TypeReferences.Of(type)
            where IsUpwards(type.Namespace, used.Namespace)
            select $"{type} refers to {used}";
        var written =
            from path in Repository.Sources("services/Redaction")
            let text = File.ReadAllText(path)
            let folder = Namespace().Match(text).Groups["namespace"].Value
            where RowOf(folder) is not null
            from Match used in Using().Matches(text)
            where IsUpwards(folder, used.Groups["namespace"].Value)
            select $"{Path.GetRelativePath(Repository.Root, path)} uses {used.Groups["namespace"].Value}";

        Assert.Empty(compiled.Concat(written).Distinct());
    }

    private static bool IsUpwards(string? from, string? to) => RowOf(to) is { } row && row <= RowOf(from) && LayerOf(from) != LayerOf(to);

    private static int? RowOf(string? name) =>
        LayerOf(name) is { } layer ? s_rows.Index().First(row => row.Item.Contains(layer)).Index : null;

    private static string? LayerOf(string? name) =>
        name?.StartsWith($"{Root}.", StringComparison.Ordinal) == true && name[(Root.Length + 1)..].Split('.')[0] is var layer
        && s_rows.Any(row => row.Contains(layer)) ? layer : null;

    [GeneratedRegex(@"^using (?<namespace>FaultMaven\.Redaction\.[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^namespace (?<namespace>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
