using FaultMaven.Protos.Session.V1;
using Kind = FaultMaven.Protos.Agent.V1.Report.Types.Kind;
using Topic = FaultMaven.Protos.Agent.V1.ReportSection.Types.Topic;

namespace FaultMaven.Agents.Reports;

/// <summary>Says what a section cannot say, and how to get it.</summary>
internal sealed class ReportGaps(CaseMaterial material)
{
    private const int MaxRequests = 3;

    private readonly string _name = material.Case.Name;

    /// <summary>Statements that were left out because the evidence that they cited was deleted.</summary>
    public static Proto.ReportGap Deleted(int count) => new()
    {
        Missing = $"{Count.Of(count, "statement")} of the answer, because the lines that {(count == 1 ? "it cites" : "they cite")} are "
            + "not in the case any more.",
        How = "Add the evidence again, ask again, and make the report again.",
    };

    public IEnumerable<Proto.ReportGap> Of(Proto.ReportSection section, Proto.Report report, Kind kind)
    {
        if (material.Answer is not { } answer)
        {
            return section.Topic is Topic.Summary or Topic.Detection or Topic.Timeline ? [NotAsked()] : OfCase(section, kind);
        }

        return (section.Topic switch
        {
            Topic.Summary => Cause(section, answer),
            Topic.CausalChain when report.CausalChain.Count == 0 => [Chain(answer)],
            Topic.Evidence when answer.Verdict != Proto.Verdict.NotEnoughEvidence => Requests(answer).Take(MaxRequests),
            Topic.Detection when section.Statements.Count == 0 => [Decisive()],
            Topic.Timeline when section.Statements.Count == 0 => [Times()],
            Topic.Impact when section.Statements.Count == 0 => [Nothing()],
            Topic.ContributingFactors when section.Statements.Count == 0 => [Factors()],
            Topic.Verification when section.Statements.Count == 0 => [Verification()],
            Topic.Actions => Actions(section, answer, kind),
            _ => [],
        }).Concat(OfCase(section, kind));
    }

    private IEnumerable<Proto.ReportGap> OfCase(Proto.ReportSection section, Kind kind)
    {
        if (section.Topic == Topic.Impact && material.Case.Severity == Case.Types.Severity.Unspecified && kind != Kind.Incident)
        {
            yield return new()
            {
                Missing = "How severe the effect was. No one has said.",
                How = "Say it, and make the report again.",
                Command = $"fm case update {_name} --severity major",
            };
        }

        if (section.Topic == Topic.Resolution && section.Statements.Count == 0)
        {
            yield return material.Case.State == Case.Types.State.Closed
                ? new() { Missing = "Why the case was closed.", How = "Reopen it, and close it with one." }
                : new()
                {
                    Missing = "The end: the case is open.",
                    How = "Close it with a reason, and make the report again.",
                    Command = $"fm case close {_name} --resolution resolved --reason \"…\"",
                };
        }
    }

    private Proto.ReportGap NotAsked() => new()
    {
        Missing = "An answer. No question about this case has been answered.",
        How = material.Case.EvidenceCount == 0 ? "Add evidence, and ask." : "Ask, and make the report again.",
        Command = material.Case.EvidenceCount == 0 ? $"fm evidence add {_name} FILE" : $"fm ask {_name}",
    };

    private static IEnumerable<Proto.ReportGap> Cause(Proto.ReportSection section, Proto.Answer answer) =>
        answer.Verdict == Proto.Verdict.NotEnoughEvidence
            ? [new() { Missing = "The cause. The evidence does not show it." }, .. Requests(answer)]
        : section.Statements.Count == 0
            ? [new() { Missing = "A claim of the answer whose evidence is in the case.", How = "Ask again." }]
        : [];

    private static IEnumerable<Proto.ReportGap> Requests(Proto.Answer answer) => answer.DataRequests.Select(request =>
        new Proto.ReportGap { Missing = $"{request.What.TrimEnd('.')}.", How = request.Why, Command = request.Command });

    private Proto.ReportGap Chain(Proto.Answer answer) => new()
    {
        Missing = "A chain of causes.",
        How = answer.DataRequests.Count > 0 ? "Collect what the summary names as missing, and ask again."
            : "Ask again, and make the report again.",
        Command = $"fm ask {_name}",
    };

    private static Proto.ReportGap Decisive() => new()
    {
        Missing = "A line of the evidence that decides the question.",
        How = "Add what shows the trouble itself, ask again, and make the report again.",
    };

    private static Proto.ReportGap Times() => new()
    {
        Missing = "Times. No evidence of the case has any that can be read.",
        How = "Add logs, events or metrics with times, ask again, and make the report again.",
    };

    private static Proto.ReportGap Nothing() => new()
    {
        Missing = "What was affected. The evidence does not show it.",
        How = "Add what its users saw: an alert, the log of a gateway, a metric of requests.",
    };

    private static Proto.ReportGap Factors() => new()
    {
        Missing = "Other factors. The evidence shows none.",
        How = "What made it possible, and what kept it from being noticed earlier, only people know. Add what they say to the case as "
            + "messages.",
    };

    private static Proto.ReportGap Verification() => new()
    {
        Missing = "A symptom whose end would show that it is over.",
        How = "Add a metric or an alert that shows the effect on users, and ask again.",
    };

    private static IEnumerable<Proto.ReportGap> Actions(Proto.ReportSection section, Proto.Answer answer, Kind kind)
    {
        if (section.Statements.Count == 0)
        {
            return [new() { Missing = "An action that the evidence supports." }];
        }

        return kind == Kind.Postmortem
            ? [new() { Missing = "Who does it and until when.", How = "Add both where your team keeps its work." }]
            : [];
    }
}
