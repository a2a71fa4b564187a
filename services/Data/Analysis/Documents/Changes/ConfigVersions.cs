using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Changes;

/// <summary>Tells what differs between two versions of a file of settings: order, comments, blanks and quotes do not.</summary>
internal static class ConfigVersions
{
    public static IEnumerable<SettingChange> Compare(SourceText text, EvidenceSource previous, CancellationToken cancellationToken)
    {
        var old = SourceText.Read(previous);
        var before = SettingTree.Read(old, cancellationToken);
        var after = SettingTree.Read(text, cancellationToken);
        foreach (var (name, value) in after)
        {
            if (!before.TryGetValue(name, out var known))
            {
                yield return new SettingChange(name, null, value.Value, "", value.At);
            }
            else if (known.Value != value.Value)
            {
                yield return new SettingChange(name, known.Value, value.Value, "", value.At) { Elsewhere = Cite(known.At) };
            }
        }

        foreach (var (name, value) in before)
        {
            if (!after.ContainsKey(name))
            {
                yield return new SettingChange(name, value.Value, null, "", null) { Elsewhere = Cite(value.At) };
            }
        }

        Protos.Data.V1.Citation Cite(LineRange at) => previous.Cite(at.First, at.Last, old.Line(at.Telling).Trim().ToString());
    }
}
