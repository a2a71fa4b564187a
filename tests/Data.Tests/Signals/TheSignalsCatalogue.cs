using FaultMaven.Data.Analysis.Catalogue;

namespace FaultMaven.Data.Tests.Signals;

public class TheSignalsCatalogue
{
    /// <summary>Set to anything, this variable makes the test write the page instead of comparing it.</summary>
    private const string Update = "FAULTMAVEN_UPDATE_DOCS";

    [Fact]
    public void Is_what_the_page_shows()
    {
        var page = Path.Combine(Root(), "docs", "signals.md");
        if (Environment.GetEnvironmentVariable(Update) is { Length: > 0 })
        {
            File.WriteAllText(page, SignalCatalogue.Print());
        }

        Assert.True(SignalCatalogue.Print() == File.ReadAllText(page).ReplaceLineEndings("\n"),
            $"docs/signals.md is not what services/Data/Analysis/Catalogue prints. To write it again: {Update}=1 dotnet run --project "
                + $"tests/Data.Tests -- --filter-class '*{nameof(TheSignalsCatalogue)}'");
    }

    [Fact]
    public void Explains_every_attribute_of_every_kind()
    {
        var explained = SignalCatalogue.Attributes.Select(attribute => attribute.Name).ToHashSet();

        Assert.All(SignalCatalogue.Kinds, kind => Assert.Subset(explained, kind.Attributes.ToHashSet()));
        Assert.Equal(explained.Count, SignalCatalogue.Attributes.Count);
    }

    [Fact]
    public void Lists_every_kind_that_the_code_names()
    {
        var named = Directory.EnumerateFiles(Path.Combine(Root(), "services", "Data"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetFileName(file).StartsWith(nameof(SignalCatalogue), StringComparison.Ordinal))
            .SelectMany(file => SignalNames.In(File.ReadAllText(file)))
            .ToHashSet();

        // Fields of traces and logs have names of the same form.
        Assert.Empty(
            named.Where(name =>
                SignalCatalogue.Kinds.Any(kind => kind.Name.Split('.')[0] == name.Split('.')[0]) && SignalCatalogue.Find(name) is null)
            .Except(["service.name", "log.level", "log.logger"]));
        Assert.Empty(SignalCatalogue.Kinds.Select(kind => kind.Name).Except(named));
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FaultMaven.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}
