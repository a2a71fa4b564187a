using System.Reflection;
using System.Text.RegularExpressions;

namespace FaultMaven.Contracts.Tests;

/// <summary>
/// The folders of services/Data are the stages that evidence runs through, and know each other in one direction only. What counts is what
/// the compiled code refers to; constants leave no trace there, so the usings of the source count too.
/// </summary>
public sealed partial class TheStagesOfData
{
    private const string Root = "FaultMaven.Data";

    /// <summary>Which stages a stage may know. The root composes all of them.</summary>
    private static readonly Dictionary<string, string[]> s_mayKnow = new()
    {
        ["Api"] = ["Intake", "Query", "Store", "Analysis", "Sources"],
        ["Intake"] = ["Store", "Analysis", "Sources"],
        ["Query"] = ["Store", "Analysis", "Sources"],
        ["Store"] = [],
        ["Analysis"] = ["Sources"],
        ["Sources"] = [],
    };

    /// <summary>Analysis is a function from text to signals: no network, no store, no service around it.</summary>
    private static readonly string[] s_notForAnalysis =
    [
        "Grpc.", "StackExchange.Redis", "FaultMaven.ServiceDefaults", "Microsoft.AspNetCore", "AWSSDK",
    ];

    private static readonly Lazy<IReadOnlyList<(Type From, Type To)>> s_references = new(() =>
        [
            .. Assembly.Load(Root).GetTypes().Where(type => IsOurs(type.Namespace))
                .SelectMany(type => TypeReferences.Of(type).Select(to => (Outermost(type), Outermost(to)))).Distinct()]);

    public static TheoryData<string> Stages => [.. s_mayKnow.Keys];

    [Fact]
    public void Are_all_listed_here() => Assert.Equal(
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "services", "Data")).Select(Path.GetFileName)
            .Except(["bin", "obj", "Properties"]).Order(),
        s_mayKnow.Keys.Order());

    [Theory]
    [MemberData(nameof(Stages))]
    public void Refer_to_earlier_stages_only(string stage)
    {
        string[] allowed = [stage, .. s_mayKnow[stage]];
        var compiled = s_references.Value
            .Where(reference =>
                Stage(reference.From.Namespace) == stage
                    && IsOurs(reference.To.Namespace)
                    && !allowed.Contains(Stage(reference.To.Namespace)))
            .Select(reference => $"{reference.From} refers to {reference.To}");
        var written = Usings().Where(usage => Stage(usage.From) == stage && !allowed.Contains(Stage(usage.To)))
            .Select(usage => $"{usage.File} uses {usage.To}");

        Assert.Empty(compiled.Concat(written));
    }

    [Fact]
    public void Have_no_folders_that_need_each_other()
    {
        var needs = s_references.Value.Where(reference => IsOurs(reference.To.Namespace))
            .Select(reference =>
                (From: reference.From.Namespace!, To: reference.To.Namespace!, Why: $"{reference.From} refers to {reference.To}"))
            .Concat(Usings().Select(usage => (usage.From, usage.To, Why: $"{usage.File} uses {usage.To}")))
            .Where(need => need.From != need.To && need.From != Root)
            .ToLookup(need => need.From);
        var circles = needs.SelectMany(folder => folder).Where(need => Reached(need.To, needs).Contains(need.From))
            .Select(need => need.Why);

        Assert.Empty(circles.Order());
    }

    [Fact]
    public void Keep_the_analysis_free_of_services_and_stores()
    {
        var foreign = s_references.Value
            .Where(reference => Stage(reference.From.Namespace) is "Analysis" or "Sources" && !IsOurs(reference.To.Namespace))
            .Where(reference =>
                s_notForAnalysis.Any(name => reference.To.Assembly.GetName().Name!.StartsWith(name, StringComparison.Ordinal)))
            .Select(reference => $"{reference.From} refers to {reference.To}");

        Assert.Empty(foreign);
    }

    [Fact]
    public void Name_their_namespaces_after_their_folders() =>
        Assert.All(Sources(), source => Assert.Equal(source.Folder, source.Namespace));

    [Fact]
    public void Share_no_namespace_name_with_a_type()
    {
        var types = Assembly.Load(Root).GetTypes().Where(type => IsOurs(type.Namespace) && !type.IsNested).Select(type => type.Name);
        var namespaces = Sources().SelectMany(source => source.Namespace.Split('.')).Distinct();

        Assert.Empty(types.Intersect(namespaces));
    }

    private static HashSet<string> Reached(string folder, ILookup<string, (string From, string To, string Why)> needs)
    {
        HashSet<string> reached = [];
        var next = new Stack<string>([folder]);
        while (next.TryPop(out var at))
        {
            if (reached.Add(at))
            {
                foreach (var need in needs[at])
                {
                    next.Push(need.To);
                }
            }
        }

        return reached;
    }

    private static IEnumerable<(string File, string From, string To)> Usings() => Sources().SelectMany(
        source => Using().Matches(source.Text).Select(match => (source.File, source.Namespace, match.Groups["namespace"].Value)));

    private static IEnumerable<(string File, string Folder, string Namespace, string Text)> Sources()
    {
        var root = Path.Combine(Repository.Root, "services", "Data");
        foreach (var path in Repository.Sources("services/Data").Where(path => Path.GetFileName(path) != "Program.cs"))
        {
            var text = File.ReadAllText(path);
            var folder = Path.GetRelativePath(root, Path.GetDirectoryName(path)!).Replace(Path.DirectorySeparatorChar, '.');
            yield return (
                Path.GetRelativePath(root, path), folder == "." ? Root : $"{Root}.{folder}",
                Namespace().Match(text).Groups["namespace"].Value, text);
        }
    }

    private static bool IsOurs(string? name) => name == Root || name?.StartsWith($"{Root}.", StringComparison.Ordinal) == true;

    private static string Stage(string? name) => name!.Length > Root.Length ? name[(Root.Length + 1)..].Split('.')[0] : "";

    // What the compiler makes of lambdas and iterators is nested in the type that has them.
    private static Type Outermost(Type type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    [GeneratedRegex(@"^using (?<namespace>FaultMaven\.Data\.[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex(@"^namespace (?<namespace>[\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
