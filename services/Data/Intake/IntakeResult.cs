using FaultMaven.Data.Intake.Limits;

namespace FaultMaven.Data.Intake;

/// <summary>How the taking in of a file ended.</summary>
internal abstract record IntakeResult
{
    private IntakeResult()
    {
    }

    /// <summary>The case now has the content.</summary>
    /// <param name="Evidence">The evidence, with <c>duplicate_of</c> if the case had it before.</param>
    internal sealed record Stored(Proto.Evidence Evidence) : IntakeResult;

    /// <summary>It was not taken in.</summary>
    /// <param name="FileName">Its name, redacted.</param>
    /// <param name="Failure">Why.</param>
    internal sealed record Refused(string FileName, IntakeFailure Failure) : IntakeResult;
}
