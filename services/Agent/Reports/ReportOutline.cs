using Kind = FaultMaven.Protos.Agent.V1.Report.Types.Kind;
using Topic = FaultMaven.Protos.Agent.V1.ReportSection.Types.Topic;

namespace FaultMaven.Agents.Reports;

/// <summary>Which sections a kind of report has, in order.</summary>
internal static class ReportOutline
{
    public static IReadOnlyList<(Topic Topic, string Title)> Of(Kind kind) => kind switch
    {
        Kind.Postmortem =>
        [
            (Topic.Summary, "Summary"), (Topic.Impact, "Impact"), (Topic.CausalChain, "How it came about"), (Topic.Timeline, "Timeline"),
            (Topic.ContributingFactors, "Contributing factors"), (Topic.Detection, "What helped to find it"),
            (Topic.RuledOut, "What it was not"), (Topic.Actions, "Actions"), (Topic.Said, "What people said"),
            (Topic.Resolution, "How it ended"),
        ],
        Kind.Runbook =>
        [
            (Topic.Detection, "How to recognise it"), (Topic.Evidence, "How to confirm it"),
            (Topic.RuledOut, "What it is easily taken for"),
            (Topic.Actions, "What to do"), (Topic.Verification, "How to see that it is over"),
        ],
        Kind.Closure =>
        [
            (Topic.Summary, "Summary"), (Topic.Resolution, "How it ended"), (Topic.CausalChain, "How it came about"),
            (Topic.Actions, "Actions"), (Topic.Said, "What people said"),
        ],
        Kind.Timeline => [(Topic.Timeline, "Timeline")],
        _ =>
        [
            (Topic.Summary, "Summary"), (Topic.Impact, "Impact"), (Topic.CausalChain, "How it came about"), (Topic.Timeline, "Timeline"),
            (Topic.Evidence, "What the evidence shows"), (Topic.RuledOut, "What it was not"), (Topic.Actions, "What to do"),
            (Topic.Said, "What people said"),
        ],
    };

    /// <summary>Whether a section without anything to say is left out; in the others a gap says what is missing.</summary>
    public static bool IsOptional(Topic topic, Proto.Verdict verdict) => topic is Topic.RuledOut or Topic.Said
        || (verdict == Proto.Verdict.NoActiveFailure && topic is Topic.Impact or Topic.CausalChain or Topic.ContributingFactors
            or Topic.Actions or Topic.Verification);
}
