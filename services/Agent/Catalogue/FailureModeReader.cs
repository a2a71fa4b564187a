using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace FaultMaven.Agents.Catalogue;

/// <summary>Reads one file of the catalogue; docs/catalogue.md describes the format.</summary>
internal sealed partial class FailureModeReader(SignalKinds kinds)
{
    private const double DefaultWeight = 0.5;

    /// <summary>Reads a failure mode. Null if anything is wrong; every problem is added to <paramref name="problems"/>.</summary>
    public FailureMode? Read(string file, string text, ICollection<CatalogueProblem> problems)
    {
        var before = problems.Count;
        if (YamlSection.ParseFile(file, text, problems) is not { } root)
        {
            return null;
        }

        var section = new YamlSection(
            file, root, problems,
            "id", "title", "category", "statement", "signals", "rule_out", "fetch", "remedies", "causes", "knowledge", "lasting");
        var signals = section.Mapping("signals");
        if (signals is null)
        {
            section.Report(root, "`signals` is missing");
        }

        var patterns = new YamlSection(file, signals ?? new YamlMappingNode(), problems, "required", "any", "supporting", "refuting");
        var mode = new FailureMode
        {
            Id = section.Required("id"),
            Title = section.Required("title"),
            Category = ReadEnum<Proto.FailureCategory>(section, "category", section.Required("category")),
            Statement = new StatementTemplate(section.Required("statement")),
            Required = ReadGroups(file, patterns, problems),
            Supporting = ReadPatterns(file, patterns, "supporting", problems),
            Refuting = ReadPatterns(file, patterns, "refuting", problems),
            RuleOut = [.. section.Texts("rule_out").Select(item => item.Value!)],
            Fetch = [.. section.Mappings("fetch").Select(item => ReadDataRequest(new(file, item, problems, "what", "why", "command")))],
            Remedies = [.. section.Mappings("remedies")
                .Select(item => ReadRemedy(new(file, item, problems, "action", "command", "risk", "rollback")))],
            Causes = [.. section.Texts("causes").Select(item => item.Value!)],
            KnowledgeQuery = section.Required("knowledge"),
            Lasting = ReadFlag(section, "lasting"),
        };

        Check(section, mode);
        return problems.Count == before ? mode : null;
    }

    private void Check(YamlSection section, FailureMode mode)
    {
        if (mode.Id.Length > 0 && !IdShape().IsMatch(mode.Id))
        {
            section.Report("id", $"`{mode.Id}` is not an id; use a form such as `kubernetes.oom_killed`");
        }

        if (mode.Required.Count == 0)
        {
            section.Report("signals", "`required` or `any` must name a signal; nothing else raises the hypothesis");
        }

        var known = mode.For.SelectMany(pattern => kinds.Matching(pattern.Kind)).SelectMany(kind => kind.Attributes)
            .Append(AttributeCondition.Subject).Append(AttributeCondition.Summary).ToHashSet(StringComparer.Ordinal);
        foreach (var place in mode.Statement.Places.Where(place => !known.Contains(place)))
        {
            section.Report("statement", $"`{{{place}}}` is not an attribute of any supporting signal");
        }

        foreach (var place in mode.Statement.CertainPlaces.Where(place =>
            place is not (AttributeCondition.Subject or AttributeCondition.Summary)))
        {
            section.Report("statement", $"`{{{place}}}` may be unknown, so it must be in square brackets");
        }

        if (!mode.IsHealthy && (mode.Fetch.Count == 0 || mode.Remedies.Count == 0))
        {
            section.Report("id", "a failure needs at least one entry in `fetch` and in `remedies`");
        }
    }

    // `any` is one group; each entry of `required` is another, with one pattern or several under `any`.
    private List<IReadOnlyList<SignalPattern>> ReadGroups(string file, YamlSection signals, ICollection<CatalogueProblem> problems)
    {
        var groups = signals.Mappings("required")
            .Select(item => item.Children.ContainsKey(new YamlScalarNode("any"))
                ? ReadPatterns(file, new YamlSection(file, item, problems, "any"), "any", problems)
                : (IReadOnlyList<SignalPattern>)[ReadPattern(file, item, problems)])
            .ToList();
        if (ReadPatterns(file, signals, "any", problems) is { Length: > 0 } any)
        {
            groups.Add(any);
        }

        return groups;
    }

    private SignalPattern[] ReadPatterns(string file, YamlSection section, string key, ICollection<CatalogueProblem> problems) =>
        [.. section.Mappings(key).Select(item => ReadPattern(file, item, problems))];

    private SignalPattern ReadPattern(string file, YamlMappingNode node, ICollection<CatalogueProblem> problems)
    {
        var section = new YamlSection(file, node, problems, "kind", "state", "weight", "where");
        var kind = section.Required("kind");
        var matching = kinds.Matching(kind);
        if (kind.Length > 0 && matching.Count == 0)
        {
            section.Report("kind", $"`{kind}` is not a signal kind; docs/signals.md lists them");
        }

        return new SignalPattern(
            kind,
            ReadState(section, matching),
            ReadWeight(section),
            section.Mapping("where") is { } where ? [.. ReadConditions(section, where, matching)] : []);
    }

    private static Data.SignalState? ReadState(YamlSection section, IReadOnlyList<SignalKind> matching) => section.Optional("state") switch
    {
        "any" => null,
        null => matching.Count > 0 && matching.All(kind => kind.IsNormal) ? Data.SignalState.Normal : Data.SignalState.Active,
        var text => ReadEnum<Data.SignalState>(section, "state", text),
    };

    private static double ReadWeight(YamlSection section)
    {
        if (section.Optional("weight") is not { } text)
        {
            return DefaultWeight;
        }

        if (double.TryParse(text, CultureInfo.InvariantCulture, out var weight) && weight is > 0 and <= 1)
        {
            return weight;
        }

        section.Report("weight", $"`{text}` is not a weight; use a number above 0, up to 1");
        return DefaultWeight;
    }

    private static IEnumerable<AttributeCondition> ReadConditions(YamlSection section, YamlMappingNode where,
        IReadOnlyList<SignalKind> matching)
    {
        foreach (var (key, value) in where.Children)
        {
            if (key is not YamlScalarNode { Value: { } name } || value is not YamlScalarNode { Value: { Length: > 0 } wanted })
            {
                section.Report(key, "`where` must map attributes to texts");
                continue;
            }

            if (name != AttributeCondition.Subject && !matching.Any(kind => kind.Attributes.Contains(name)))
            {
                section.Report(key, $"`{name}` is not an attribute of this signal kind");
            }

            var negated = wanted[0] == '!';
            yield return new AttributeCondition(name, wanted[(negated ? 1 : 0)..].Split('|', StringSplitOptions.TrimEntries), negated);
        }
    }

    private static Proto.DataRequest ReadDataRequest(YamlSection section) => new()
    {
        What = section.Required("what"),
        Why = section.Required("why"),
        Command = section.Optional("command") ?? "",
    };

    private static Proto.Remedy ReadRemedy(YamlSection section) => new()
    {
        Action = section.Required("action"),
        Command = section.Optional("command") ?? "",
        Risk = ReadEnum<Proto.Remedy.Types.Risk>(section, "risk", section.Required("risk")),
        Rollback = section.Optional("rollback") ?? "",
    };

    private static bool ReadFlag(YamlSection section, string key)
    {
        var text = section.Optional(key);
        if (text is not (null or "true" or "false"))
        {
            section.Report(key, $"`{text}` is neither `true` nor `false`");
        }

        return text == "true";
    }

    private static T ReadEnum<T>(YamlSection section, string key, string text) where T : struct, Enum
    {
        if (text.Length == 0)
        {
            return default;
        }

        var known = Enum.GetValues<T>().Skip(1).ToDictionary(Spelling);
        if (known.TryGetValue(text, out var value))
        {
            return value;
        }

        section.Report(key, $"`{text}` is not a {key}; use one of {string.Join(", ", known.Keys)}");
        return default;
    }

    // ResourceExhaustion is written resource_exhaustion.
    private static string Spelling<T>(T value) where T : struct, Enum =>
        WordStart().Replace(value.ToString(), "_$0").ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex WordStart();

    [GeneratedRegex(@"^[a-z]+\.[a-z0-9_]+$")]
    private static partial Regex IdShape();
}
