namespace FaultMaven.Data.Analysis.Statements;

/// <summary>
/// How much a class alone says about a cause, 0 to 1. A full table, an expired certificate or a refused permission ends a chain of
/// questions; a time-out or a lost connection begins one.
/// </summary>
internal static class Specificities
{
    /// <summary>How much the state of a thing says at most if it is only that it does not run as it should: that is what is to be
    /// explained.</summary>
    private const double OfState = 0.3;

    /// <summary>How much it says that a thing is not ready, available or up.</summary>
    public const double OfNotReady = 0.2;

    /// <summary>How much a single word for a state says, such as <c>NotReady</c>, <c>Pending</c> or <c>CrashLoopBackOff</c>.</summary>
    public static double OfWord(StatementClass statementClass) =>
        statementClass is StatementClass.Lost or StatementClass.Behind or StatementClass.Crashed or StatementClass.Failed
            ? Math.Min(OfState, Of(statementClass)) : Of(statementClass);

    public static double Of(StatementClass statementClass) => statementClass switch
    {
        StatementClass.Exhausted or StatementClass.Expired or StatementClass.Corrupt => 0.72,
        StatementClass.Misconfigured or StatementClass.Conflict or StatementClass.Diverged => 0.66,
        StatementClass.Denied or StatementClass.Missing or StatementClass.Throttled => 0.62,
        StatementClass.Invalid => 0.58,
        StatementClass.Refused or StatementClass.Unreachable => 0.5,
        StatementClass.Crashed or StatementClass.Lost or StatementClass.Recovered => 0.44,
        StatementClass.Behind or StatementClass.TimedOut => 0.4,
        StatementClass.Restarted => 0.36,
        StatementClass.Fine => 0.2,
        _ => 0.15,
    };
}
