using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Facts;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Hypotheses;

/// <summary>A cause that no failure mode knows: what a fact says, in the words of the evidence.</summary>
internal static class GenericCause
{
    private const int MaxQuote = 220;

    public static Hypothesis Of(CauseCandidate candidate)
    {
        var fact = candidate.Root;
        var mode = GenericModes.Of(fact.Class, fact.ObjectKind);
        var thing = Thing(fact);
        var peer = fact.Peer.Length > 0 ? fact.Peer : thing;
        string Fill(string text) => text.Replace("{thing}", thing, StringComparison.Ordinal)
            .Replace("{peer}", peer, StringComparison.Ordinal);

        return new Hypothesis(
            new FailureMode
            {
                Id = $"generic.{SnakeCase(fact.Class.ToString())}",
                Title = Fill(mode.Says),
                Category = mode.Category,
                Statement = new StatementTemplate(""),
                Required = [],
                Supporting = [],
                Refuting = [],
                RuleOut = [],
                Fetch = [.. mode.Fetch.Select(wanted =>
                    new Proto.DataRequest { What = Fill(wanted.What), Why = Fill(wanted.Why), Command = wanted.Command })],
                Remedies = [.. mode.Remedies.Select(remedy => new Proto.Remedy(remedy) { Action = Fill(remedy.Action) })],
                Causes = [],
                KnowledgeQuery = Fill(mode.Says),
                Lasting = false,
            },
            candidate.Score,
            [.. fact.Signals.Select(signal => new EvidenceLink(signal, candidate.Score, true))],
            Tested: true)
        {
            Said = $"{Fill(mode.Says)}{Where(fact)}: \"{Cut(fact.Quote)}\"",
        };
    }

    /// <summary>That what a fact says is over.</summary>
    public static Hypothesis Over(CauseCandidate candidate)
    {
        var then = Of(candidate);
        var last = candidate.Root.End is { } end ? $", last at {end:HH:mm:ss} UTC" : "";

        return then with
        {
            Mode = then.Mode with { Id = "generic.recovered", Category = Proto.FailureCategory.Healthy, Title = "The trouble is over",
                Fetch = [], Remedies = [] },
            Said = $"it is over, nothing of it was seen since{last}: \"{Cut(candidate.Root.Quote)}\"",
        };
    }

    private static string Thing(Fact fact) => fact.Object.Length > 0 ? fact.Object : fact.ObjectKind.Length > 0 ? fact.ObjectKind
        : SignalText.Subject(fact.Lead);

    private static string Where(Fact fact)
    {
        var subject = SignalText.Subject(fact.Lead);
        return subject.Length > 0 && !fact.Object.Contains(subject, StringComparison.OrdinalIgnoreCase) ? $", says {subject}" : "";
    }

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}")).ToLowerInvariant();

    private static string Cut(string quote) => quote.Length <= MaxQuote ? quote.Trim() : $"{quote[..MaxQuote].Trim()}…";
}
