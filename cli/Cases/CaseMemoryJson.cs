using FaultMaven.Cli.Investigate;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Agent.V1;

namespace FaultMaven.Cli.Cases;

/// <summary>What is remembered of a case, as <c>fm case memory --json</c> prints it.</summary>
internal sealed record CaseMemoryJson(
    string Case, long CaseVersion, long Turns, IReadOnlyList<ConclusionJson> Conclusions, IReadOnlyList<RememberedJson> Facts)
{
    public static CaseMemoryJson From(string name, CaseMemory memory) => new(
        name,
        memory.CaseVersion,
        memory.TurnCount,
        [.. memory.Conclusions.Select(ConclusionJson.From)],
        [.. memory.Facts.Select(fact => fact.ToJson())]);
}

/// <summary>What one or more turns in a row concluded.</summary>
internal sealed record ConclusionJson(
    string RootCause, string Verdict, string Assurance, int Turns, string FirstTurn, string LastTurn, DateTimeOffset? FirstTime,
    DateTimeOffset? LastTime)
{
    public static ConclusionJson From(RememberedConclusion conclusion) => new(
        conclusion.RootCause,
        JsonOutput.Name(conclusion.Verdict),
        JsonOutput.Name(conclusion.Assurance),
        conclusion.TurnCount,
        conclusion.FirstTurn,
        conclusion.LastTurn,
        conclusion.FirstTime?.ToDateTimeOffset(),
        conclusion.LastTime?.ToDateTimeOffset());
}
