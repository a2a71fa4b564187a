using YamlDotNet.RepresentationModel;

namespace FaultMaven.Agents.Catalogue;

/// <summary>The failure modes that the analyst knows, by id.</summary>
internal sealed class FailureCatalogue
{
    private readonly Task<Dictionary<string, FailureMode>> _modes;

    private FailureCatalogue(Task<Dictionary<string, FailureMode>> modes) => _modes = modes;

    /// <summary>All failure modes in the order of their ids; waits until they are loaded.</summary>
    /// <exception cref="CatalogueException">A file is malformed.</exception>
    public IReadOnlyList<FailureMode> Modes => field ??= [.. Loaded.Values.OrderBy(mode => mode.Id, StringComparer.Ordinal)];

    /// <summary>Ends when they are loaded; fails with <see cref="CatalogueException"/> if a file is malformed.</summary>
    public Task Loading => _modes;

    private Dictionary<string, FailureMode> Loaded => _modes.GetAwaiter().GetResult();

    /// <summary>Waits until they are loaded.</summary>
    /// <exception cref="CatalogueException">A file is malformed.</exception>
    public FailureMode? Find(string id) => Loaded.GetValueOrDefault(id);

    /// <summary>
    /// As <see cref="Load(string?)"/>, on another thread: reading the shipped ones takes longer than the rest of a start, and most commands
    /// need none.
    /// </summary>
    public static FailureCatalogue LoadMeanwhile(string? directory) => new(Task.Run(() => Load(directory).Loaded));

    /// <summary>Loads the shipped failure modes and those of <paramref name="directory"/>, if it is given.</summary>
    /// <exception cref="CatalogueException">A file is malformed; the problems of all files are listed.</exception>
    public static FailureCatalogue Load(string? directory)
    {
        var shipped = EmbeddedText.NamesUnder("Catalogue/").Select(name => (Path.GetFileName(name), EmbeddedText.Read(name)));
        var added = directory is null
            ? []
            : Directory.EnumerateFiles(directory, "*.yaml").Order(StringComparer.Ordinal).Select(path => (path, File.ReadAllText(path)));

        return Load(SignalKinds.Documented, [.. shipped, .. added]);
    }

    /// <inheritdoc cref="Load(string?)"/>
    public static FailureCatalogue Load(SignalKinds kinds, IReadOnlyList<(string File, string Text)> files)
    {
        var problems = new List<CatalogueProblem>();
        var reader = new FailureModeReader(kinds);
        var modes = new Dictionary<string, (FailureMode Mode, string File)>(StringComparer.Ordinal);
        foreach (var (file, text) in files)
        {
            if (reader.Read(file, text, problems) is not { } mode)
            {
                continue;
            }

            if (!modes.TryAdd(mode.Id, (mode, file)))
            {
                problems.Add(new(file, LineOf(text, "id"), $"`{mode.Id}` is already defined in {modes[mode.Id].File}"));
            }
        }

        // A refused file may define the failure mode that is meant here, so this is checked only when all files are valid.
        if (problems.Count == 0)
        {
            problems.AddRange(
                from entry in files
                from cause in modes.Values.Where(known => known.File == entry.File).SelectMany(known => known.Mode.Causes)
                where !modes.ContainsKey(cause)
                select new CatalogueProblem(entry.File, LineOf(entry.Text, "causes"), $"`{cause}` is not a failure mode of the catalogue"));
        }

        return problems.Count == 0
            ? new(Task.FromResult(modes.ToDictionary(known => known.Key, known => known.Value.Mode, StringComparer.Ordinal)))
            : throw new CatalogueException(problems);
    }

    private static long LineOf(string text, string key)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return ((YamlMappingNode)stream.Documents[0].RootNode).Children.Keys
            .FirstOrDefault(node => node is YamlScalarNode scalar && scalar.Value == key)?.Start.Line ?? 1;
    }
}
