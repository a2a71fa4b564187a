using YamlDotNet.RepresentationModel;

namespace FaultMaven.Agents.Catalogue;

/// <summary>The failure modes that the analyst knows, by id.</summary>
internal sealed class FailureCatalogue
{
    private readonly Dictionary<string, FailureMode> _modes;

    private FailureCatalogue(IEnumerable<FailureMode> modes) => _modes = modes.ToDictionary(mode => mode.Id, StringComparer.Ordinal);

    /// <summary>All failure modes in the order of their ids.</summary>
    public IReadOnlyList<FailureMode> Modes => field ??= [.. _modes.Values.OrderBy(mode => mode.Id, StringComparer.Ordinal)];

    public FailureMode? Find(string id) => _modes.GetValueOrDefault(id);

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

        return problems.Count == 0 ? new(modes.Values.Select(known => known.Mode)) : throw new CatalogueException(problems);
    }

    private static long LineOf(string text, string key)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return ((YamlMappingNode)stream.Documents[0].RootNode).Children.Keys
            .FirstOrDefault(node => node is YamlScalarNode scalar && scalar.Value == key)?.Start.Line ?? 1;
    }
}
