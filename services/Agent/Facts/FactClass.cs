namespace FaultMaven.Agents.Facts;

/// <summary>What a fact says is wrong: the classes of the <c>statement.*</c> signals, into which the other signals fit too.</summary>
internal enum FactClass
{
    Failed,
    Exhausted,
    Refused,
    Unreachable,
    TimedOut,
    Denied,
    Missing,
    Invalid,
    Conflict,
    Expired,
    Corrupt,
    Crashed,
    Throttled,
    Behind,
    Lost,
    Restarted,
    Diverged,
    Misconfigured,

    /// <summary>Something is different from before, for better or worse: a deployment, a setting, a failover.</summary>
    Changed,
}
