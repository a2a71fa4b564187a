using FaultMaven.Agents.Facts;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace FaultMaven.Agents.Catalogue;

/// <summary>What a statement means as a cause, by its class and the kind of thing it is about; see <c>generic-modes.yaml</c>.</summary>
internal static class GenericModes
{
    private static readonly IReadOnlyList<GenericMode> s_all = Load();

    /// <summary>The mode for a class and a kind; the one of the class alone if none has the kind.</summary>
    public static GenericMode Of(FactClass factClass, string objectKind) =>
        s_all.FirstOrDefault(mode => mode.Class == factClass && mode.Kinds.Contains(objectKind))
        ?? s_all.FirstOrDefault(mode => mode.Class == factClass && mode.Kinds.Count == 0)
        ?? s_all.First(mode => mode.Class == FactClass.Failed && mode.Kinds.Count == 0);

    private static List<GenericMode> Load()
    {
        var deserializer = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();
        return [.. deserializer.Deserialize<List<Entry>>(EmbeddedText.Read("generic-modes.yaml")).Select(entry => entry.ToMode())];
    }

    private sealed class Entry
    {
        public string Class { get; set; } = "";

        public List<string> Kinds { get; set; } = [];

        public string Category { get; set; } = "";

        public string Says { get; set; } = "";

        public List<Wanted> Fetch { get; set; } = [];

        public List<Action> Remedies { get; set; } = [];

        public GenericMode ToMode() => new(
            Parse<FactClass>(Class),
            Kinds,
            Parse<Proto.FailureCategory>(Category),
            Says,
            [.. Fetch.Select(wanted => new Proto.DataRequest { What = wanted.What, Why = wanted.Why, Command = wanted.Command })],
            [.. Remedies.Select(action => new Proto.Remedy { Action = action.Text, Risk = Parse<Proto.Remedy.Types.Risk>(action.Risk),
                Rollback = action.Rollback })]);

        private static T Parse<T>(string name)
            where T : struct, Enum => Enum.Parse<T>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
    }

    private sealed class Wanted
    {
        public string What { get; set; } = "";

        public string Why { get; set; } = "";

        public string Command { get; set; } = "";
    }

    private sealed class Action
    {
        [YamlMember(Alias = "action")]
        public string Text { get; set; } = "";

        public string Risk { get; set; } = "";

        public string Rollback { get; set; } = "";
    }
}

/// <summary>One entry of <c>generic-modes.yaml</c>.</summary>
/// <param name="Class">The class of statement.</param>
/// <param name="Kinds">The kinds of object it is for; empty for all.</param>
/// <param name="Category">What kind of failure it is.</param>
/// <param name="Says">Completes "the cause is that …", with places for <c>{thing}</c> and <c>{peer}</c>.</param>
/// <param name="Fetch">What to fetch while it is undecided.</param>
/// <param name="Remedies">What to do.</param>
internal sealed record GenericMode(
    FactClass Class,
    IReadOnlyList<string> Kinds,
    Proto.FailureCategory Category,
    string Says,
    IReadOnlyList<Proto.DataRequest> Fetch,
    IReadOnlyList<Proto.Remedy> Remedies);
