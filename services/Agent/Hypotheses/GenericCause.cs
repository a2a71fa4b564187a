using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Facts;
using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Hypotheses;

/// <summary>A cause that no failure mode knows: what a fact says, in the words of the evidence.</summary>
internal static class GenericCause
{
    private const int MaxQuote = 220;
    private const string Dependency = "dependency";

    public static Hypothesis Of(CauseCandidate candidate)
    {
        var fact = candidate.Root;
        var mode = GenericModes.Of(fact.Class, fact.ObjectKind.Length == 0 && IsAddress(fact.Object) ? Dependency : fact.ObjectKind);
        var thing = Thing(fact);
        var peer = ThingName.Of(fact.Peer) ?? thing;
        string Say(string text) => ThingName.Fill(ThingName.Fill(text, "thing", thing, "something"), "peer", peer, "the other side");
        string Fill(string text) => ThingName.Fill(ThingName.Fill(text, "thing", thing, "it"), "peer", peer, "the other side");

        return new Hypothesis(
            new FailureMode
            {
                Id = $"generic.{SnakeCase(fact.Class.ToString())}",
                Title = Say(mode.Says),
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
                KnowledgeQuery = Say(mode.Says),
                Lasting = false,
            },
            candidate.Score,
            [.. fact.Signals.Select(signal => new EvidenceLink(signal, candidate.Score, true))],
            Tested: true)
        {
            Said = $"{Say(mode.Says)}; {Source(fact)} says \"{Cut(fact.Quote)}\"",
        };
    }

    /// <summary>That a change or a setting is behind it, in the words of the evidence.</summary>
    /// <param name="line">The line that was changed, or has the setting.</param>
    /// <param name="effect">What went wrong after it; null if that is not known.</param>
    public static Hypothesis OfChange(Data.KeyLine line, Hypothesis? effect)
    {
        var what = line.Changed ? "a change" : "a setting";
        var signal = new Data.Signal
        {
            Kind = "statement.misconfigured",
            Subject = $"file/{line.Citation.FileName}",
            Summary = line.Citation.Quote.Trim(),
            Severity = Data.Severity.Warning,
            State = Data.SignalState.Active,
            Citations = { line.Citation },
            StartTime = line.StartTime,
        };
        IReadOnlyList<EvidenceLink> links = [new EvidenceLink(signal, Math.Min(1, line.Probability), true), .. effect?.Links ?? []];
        var led = effect is null ? "" : $", and {effect.Statement}";

        return new Hypothesis(
            new FailureMode
            {
                Id = "generic.changed",
                Title = $"{what} broke it",
                Category = Proto.FailureCategory.ConfigurationError,
                Statement = new StatementTemplate(""),
                Required = [],
                Supporting = [],
                Refuting = [],
                RuleOut = [],
                Fetch =
                [
                    new Proto.DataRequest
                    {
                        What = $"Who made the {(line.Changed ? "change" : "setting")} in {line.Citation.FileName}, when, "
                            + "and with what else",
                        Why = "It shows whether it came before the trouble, and whether other things were changed with it.",
                    },
                ],
                Remedies =
                [
                    new Proto.Remedy
                    {
                        Action = $"Undo it, or correct it: {Cut(line.Citation.Quote)}",
                        Risk = Proto.Remedy.Types.Risk.Medium,
                        Rollback = "Make the change again",
                    },
                ],
                Causes = [],
                KnowledgeQuery = effect?.Mode.KnowledgeQuery ?? Cut(line.Citation.Quote),
                Lasting = true,
            },
            effect?.Likelihood ?? Math.Min(1, line.Probability),
            links,
            Tested: true)
        {
            Said = $"{what} is behind it, in {line.Citation.FileName}: \"{Cut(line.Citation.Quote)}\"{led}",
        };
    }

    /// <summary>That nothing is failing now, as a line says.</summary>
    /// <param name="line">A line that says that something works, works again or was meant to happen.</param>
    public static Hypothesis OfQuiet(Data.KeyLine line)
    {
        var signal = new Data.Signal
        {
            Kind = "statement.fine",
            Subject = $"file/{line.Citation.FileName}",
            Summary = line.Citation.Quote.Trim(),
            Severity = Data.Severity.Info,
            State = Data.SignalState.Active,
            Citations = { line.Citation },
            StartTime = line.StartTime,
        };

        return new Hypothesis(
            new FailureMode
            {
                Id = "generic.quiet",
                Title = "nothing is failing now",
                Category = Proto.FailureCategory.Healthy,
                Statement = new StatementTemplate(""),
                Required = [],
                Supporting = [],
                Refuting = [],
                RuleOut = [],
                Fetch = [],
                Remedies = [],
                Causes = [],
                KnowledgeQuery = Cut(line.Citation.Quote),
                Lasting = false,
            },
            line.Probability,
            [new EvidenceLink(signal, line.Probability, true)],
            Tested: true)
        {
            Said = $"the lines that bear on the question show nothing that is failing now; {line.Citation.FileName} says "
                + $"\"{Cut(line.Citation.Quote)}\"",
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

    private static bool IsAddress(string thing) => thing.Contains("://", StringComparison.Ordinal);

    // An address is a name as it is.
    private static ThingName? Thing(Fact fact) => IsAddress(fact.Object) ? new(fact.Object, IsPlural: false)
        : ThingName.Of(fact.Object) is { } named ? named
        : fact.ObjectKind.Length > 0 ? ThingName.OfKind(fact.ObjectKind)
        : fact.Object.Length == 0 && SignalText.Thing(fact.Lead) is { Length: > 0 } subject ? new(subject, IsPlural: false)
        : null;

    // Who says it, or else the file that has it.
    private static string Source(Fact fact) => SignalText.Thing(fact.Lead) is { Length: > 0 } subject ? subject
        : fact.Lead.Citations.FirstOrDefault()?.FileName ?? "the evidence";

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((letter, i) => i > 0 && char.IsUpper(letter) ? $"_{letter}" : $"{letter}")).ToLowerInvariant();

    private static string Cut(string quote) => quote.Length <= MaxQuote ? quote.Trim() : $"{quote[..MaxQuote].Trim()}…";
}
