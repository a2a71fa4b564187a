using Proto = FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Intake;

/// <summary>How an upload ended.</summary>
internal abstract record IntakeResult
{
    private IntakeResult()
    {
    }

    /// <summary>The case now has the content.</summary>
    /// <param name="Evidence">The evidence, with <c>duplicate_of</c> if the case had it before.</param>
    internal sealed record Stored(Proto.Evidence Evidence) : IntakeResult;

    /// <summary>There was nothing in it.</summary>
    internal sealed record Empty(string FileName) : IntakeResult;

    /// <summary>It is, or inflates to, more than is taken in.</summary>
    internal sealed record TooLarge(long LimitBytes) : IntakeResult;

    /// <summary>There is no room to keep it.</summary>
    internal sealed record StorageFull : IntakeResult;
}

/// <summary>Ends the reading of an upload from deep inside the streams that it runs through; <see cref="EvidenceIntake"/> makes a value of it.</summary>
internal sealed class UploadTooLargeException(long limitBytes) : IOException($"The upload exceeds {limitBytes} bytes.")
{
    public long LimitBytes { get; } = limitBytes;
}
