namespace FaultMaven.Agents.Answers;

/// <summary>Chooses the response type of an answer from its content.</summary>
internal static class ResponseTypes
{
    // After this many turns in a row without a result the case is escalated.
    private const int TurnsWithoutProgress = 3;

    public static Proto.ResponseType Choose(Proto.Answer answer, IReadOnlyList<Proto.Answer> earlier) => answer.Verdict switch
    {
        Proto.Verdict.CauseFound or Proto.Verdict.ProbableCause => Proto.ResponseType.SolutionReady,
        Proto.Verdict.NoActiveFailure => Proto.ResponseType.Answer,
        _ when Stuck(earlier) => Proto.ResponseType.EscalationRequired,
        _ when answer.DataRequests.Count == 1 => Proto.ResponseType.DataRequest,
        _ => Proto.ResponseType.NeedsMoreData,
    };

    private static bool Stuck(IReadOnlyList<Proto.Answer> earlier) =>
        earlier.Reverse().TakeWhile(answer => answer.Verdict == Proto.Verdict.NotEnoughEvidence).Count() >= TurnsWithoutProgress - 1;
}
