using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Changes;

/// <summary>
/// Reads settings: what a diff of them changes, what differs between two versions in one document, and what cannot be right.
/// </summary>
internal sealed class ConfigAnalyzer : IEvidenceAnalyzer
{
    private const int MaxChanges = 200;

    private static readonly (string Before, string After)[] s_versions =
        [("before", "after"), ("old", "new"), ("previous", "current"), ("from", "to"), ("old_value", "new_value"), ("was", "is"),
            ("expected", "actual")];

    public IReadOnlySet<Proto.EvidenceType> Types { get; } = new HashSet<Proto.EvidenceType> { Proto.EvidenceType.Config };

    public EvidenceAnalysis Analyze(EvidenceSource source, CancellationToken cancellationToken)
    {
        var text = SourceText.Read(source);
        var signals = new SignalBuilder(source, text);
        if (ConfigDiff.IsDiff(text))
        {
            foreach (var change in ConfigDiff.Read(text, cancellationToken).Take(MaxChanges))
            {
                Report(change, signals);
                JudgeValue(change, signals);
            }

            return signals.ToAnalysis();
        }

        if (source.Previous is { } previous)
        {
            foreach (var change in ConfigVersions.Compare(text, previous, cancellationToken).Take(MaxChanges))
            {
                Report(change with { File = source.FileName }, signals);
            }

            if (signals.Count == 0)
            {
                signals.Add(new SignalDraft("config.unchanged", $"file/{source.FileName}",
                    $"{source.FileName} is equivalent to the previous version.", new LineRange(1, text.LineCount))
                {
                    Severity = Proto.Severity.Info,
                    State = Proto.SignalState.Normal,
                    Surprise = 0.2,
                    Elsewhere = previous.Cite(1, 1, ""),
                    Attributes = [("file", source.FileName)],
                });
            }
        }

        if (StructuredDocument.Read(text) is { } root)
        {
            ReadVersions(root, signals, cancellationToken);
            ReadSettings(root, signals, cancellationToken);
        }
        else
        {
            ReadAssignments(text, signals, cancellationToken);
        }

        return signals.ToAnalysis();
    }

    private static void Report(SettingChange change, SignalBuilder signals)
    {
        var (what, file) = (change.Key, change.File.Length > 0 ? $" in {change.File}" : "");
        var summary = (change.Before, change.After) switch
        {
            (null, _) => $"{what}{file} was added: {change.After}",
            (_, null) => $"{what}{file} was removed; it was {change.Before}",
            _ => $"{what}{file} was changed from {change.Before} to {change.After}",
        };
        if (change is { Before: { Length: > 0 } before, After: { Length: > 0 } after } && IsVersion(change.Key))
        {
            Deployed(change, before, after, summary, signals);
            return;
        }

        signals.Add(new SignalDraft("config.changed", change.File.Length > 0 ? $"file/{change.File}"
            : $"setting/{change.Key}", summary, change.At)
        {
            // How much is logged breaks nothing.
            Severity = Names.Words(change.Key) is var words && (words.Contains("level") || words.Contains("logging")) ? Proto.Severity.Info
                : Proto.Severity.Warning,
            Surprise = change.Before is not null && change.After is not null ? 0.5 : 0.3,
            Elsewhere = change.Elsewhere,
            Attributes = [("key", change.Key), ("before", change.Before), ("after", change.After), ("file", change.File)],
        });
    }

    private static void JudgeValue(SettingChange change, SignalBuilder signals)
    {
        if (change.After is not null && !IsVersion(change.Key) && SettingRules.WhatIsWrong(change.Key, change.After) is { } wrong)
        {
            Invalid(change.Key, change.After, wrong, change.At, signals);
        }
    }

    // image.tag: 2.4.0 -> 2.5.0
    private static void Deployed(SettingChange change, string before, string after, string summary, SignalBuilder signals) =>
        signals.Add(new SignalDraft("deploy.changed", change.File.Length > 0 ? $"file/{change.File}"
            : $"setting/{change.Key}", summary, change.At)
        {
            Severity = Proto.Severity.Info,
            Elsewhere = change.Elsewhere,
            Attributes = [("version", after), ("from", before), ("to", after), ("key", change.Key), ("file", change.File)],
        });

    /// <summary>
    /// Whether a setting says which version runs: <c>image</c>, <c>image.tag</c>, <c>APP_VERSION</c>, but not <c>apiVersion</c> or
    /// <c>tls_version</c>.
    /// </summary>
    private static bool IsVersion(string key) => Names.IsOneOf(
        key.AsSpan(key.LastIndexOf('.') + 1), "image", "tag", "version", "image_tag", "image_version", "image_digest", "digest",
        "app_version", "release");

    /// <summary>
    /// A document that holds both versions: <c>{"before": {…}, "after": {…}}</c>, or a list of changes with old and new values.
    /// </summary>
    private static void ReadVersions(Node root, SignalBuilder signals, CancellationToken cancellationToken)
    {
        var changes = 0;
        foreach (var (node, _) in root.Walk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var (before, after) in s_versions)
            {
                if (!node.IsMap || node.First(before) is not { } old || node.First(after) is not { } current || changes >= MaxChanges)
                {
                    continue;
                }

                var key = node.TextOf("key", "name", "path", "setting", "parameter", "field");
                foreach (var change in Differences(key, old, current).Take(MaxChanges - changes))
                {
                    changes++;
                    Report(change with { File = node.TextOf("file", "resource", "object") }, signals);
                    JudgeValue(change, signals);
                }
            }
        }
    }

    private static IEnumerable<SettingChange> Differences(string path, Node old, Node current)
    {
        if (!old.IsMap || !current.IsMap)
        {
            if (Say(old) != Say(current) && path.Length > 0)
            {
                yield return new SettingChange(path, Say(old), Say(current), "", current);
            }

            yield break;
        }

        foreach (var (name, value) in old.Members)
        {
            var other = current.Members.FirstOrDefault(member => member.Name == name).Value;
            var below = path.Length > 0 ? $"{path}.{name}" : name;
            foreach (var change in other is null ? [new SettingChange(below, Say(value), null, "", value)]
                : Differences(below, value, other))
            {
                yield return change;
            }
        }

        foreach (var (name, value) in current.Members.Where(member => !old.Members.Any(known => known.Name == member.Name)))
        {
            yield return new SettingChange(path.Length > 0 ? $"{path}.{name}" : name, null, Say(value), "", value);
        }
    }

    private static string Say(Node node) => node.IsScalar ? node.Text
        : node.Kind switch { NodeKind.List => string.Join(", ", node.Items.Select(item => item.Text)), NodeKind.Map => "{…}", _ => "null" };

    private static void ReadSettings(Node root, SignalBuilder signals, CancellationToken cancellationToken)
    {
        foreach (var (node, name) in root.Walk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (node.IsScalar && name.Length > 0 && signals.Count < MaxChanges && SettingRules.WhatIsWrong(name, node.Text) is { } wrong)
            {
                Invalid(name, node.Text, wrong, ((LineRange?)node)!.Value, signals);
            }
        }
    }

    /// <summary><c>key = value</c>, a line each.</summary>
    private static void ReadAssignments(SourceText text, SignalBuilder signals, CancellationToken cancellationToken)
    {
        for (var number = 1; number <= text.LineCount && signals.Count < MaxChanges; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Setting.TryRead(text.Line(number), out var key, out var value) && SettingRules.WhatIsWrong(key, value) is { } wrong)
            {
                Invalid(key, value, wrong, new LineRange(number, number), signals);
            }
        }
    }

    private static void Invalid(string key, string value, string wrong, LineRange? at, SignalBuilder signals) =>
        signals.Add(new SignalDraft("config.invalid", $"setting/{key}", $"The setting {key} is invalid: {value} ({wrong}).", at)
        {
            Severity = Proto.Severity.Warning,
            Attributes = [("key", key), ("value", value), ("reason", wrong)],
        });
}
