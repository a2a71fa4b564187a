namespace FaultMaven.Data.Analysis.Statements;

/// <summary>What a statement says is wrong, or that it is right again. The vocabulary of each is in <c>problem-language.txt</c>.</summary>
internal enum StatementClass
{
    /// <summary>Something failed, without saying how.</summary>
    Failed,

    /// <summary>Something is full, used up, or at its limit.</summary>
    Exhausted,

    /// <summary>A peer refused to talk or to do something.</summary>
    Refused,

    /// <summary>A peer or a name could not be found on the network.</summary>
    Unreachable,

    /// <summary>An answer did not come in time.</summary>
    TimedOut,

    /// <summary>Credentials or permissions were refused.</summary>
    Denied,

    /// <summary>Something that is needed does not exist.</summary>
    Missing,

    /// <summary>Something is malformed, unknown, unsupported, or does not fit.</summary>
    Invalid,

    /// <summary>Someone else holds or has it already.</summary>
    Conflict,

    /// <summary>Something is past its time, or before it.</summary>
    Expired,

    /// <summary>Stored or transmitted data is damaged.</summary>
    Corrupt,

    /// <summary>A process ended against its will.</summary>
    Crashed,

    /// <summary>Calls are slowed down or turned away because there are too many.</summary>
    Throttled,

    /// <summary>Something is slow, overloaded, or has more to do than it gets done.</summary>
    Behind,

    /// <summary>Something that was there is gone: a connection, a member, a device, data.</summary>
    Lost,

    /// <summary>Something started again, or another member took over.</summary>
    Restarted,

    /// <summary>Copies or clocks that should agree do not.</summary>
    Diverged,

    /// <summary>A setting cannot work.</summary>
    Misconfigured,

    /// <summary>A problem is over.</summary>
    Recovered,

    /// <summary>Something works.</summary>
    Fine,
}
