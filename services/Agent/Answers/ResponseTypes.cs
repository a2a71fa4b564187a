namespace FaultMaven.Agents.Answers;

/// <summary>Chooses how clients lay an answer out, from what it holds.</summary>
internal static class ResponseTypes
{
    // The third turn in a row that found nothing is handed to people.
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
