using FaultMaven.Protos.Errors.V1;

namespace FaultMaven.Data.Intake.Limits;

/// <summary>Why content was refused.</summary>
/// <param name="Reason">The reason in the contract.</param>
/// <param name="Message">The same in a sentence, and what to do.</param>
/// <param name="Metadata">The facts in the message, by the keys that the reason documents.</param>
internal sealed record IntakeFailure(ErrorReason Reason, string Message, params (string Key, string Value)[] Metadata)
{
    public static IntakeFailure StorageFull { get; } =
        new(ErrorReason.StorageFull, "The disk is full; free space, then retry.", ("store", "disk"));

    public static IntakeFailure Empty(string fileName) => new(ErrorReason.EmptyContent, $"{fileName} is empty.", ("file_name", fileName));

    public static IntakeFailure TooLarge(long limitBytes) => new(
        ErrorReason.TooLarge,
        $"The content is larger than {limitBytes} bytes (compressed or uncompressed); "
            + $"raise {EvidenceLimits.Section}:{nameof(EvidenceLimits.MaxFileBytes)} to allow it.",
        ("limit_bytes", $"{limitBytes}"));

    public static IntakeFailure CaseFull(long limitBytes) => new(
        ErrorReason.CaseFull,
        $"The case would hold more than {limitBytes} bytes; "
            + $"delete evidence, or raise {EvidenceLimits.Section}:{nameof(EvidenceLimits.MaxCaseBytes)}.",
        ("limit_bytes", $"{limitBytes}"));

    public static IntakeFailure TypeNotAllowed(Proto.EvidenceType type) => new(
        ErrorReason.TypeNotAllowed,
        $"Evidence type {type} is not accepted; see {EvidenceLimits.Section}:{nameof(EvidenceLimits.AllowedTypes)}.",
        ("type", $"{type}"));

    /// <summary>The case was deleted while the upload was in progress.</summary>
    public static IntakeFailure CaseNotFound(string name) => new(ErrorReason.CaseNotFound, $"{name} does not exist.", ("name", name));

    public static IntakeFailure UnreadableEntry(string problem) => new(ErrorReason.UnreadableEntry, problem);

    /// <param name="limit">Which limit is exceeded: <c>ratio</c>, <c>bytes</c>, <c>entries</c> or <c>depth</c>.</param>
    /// <param name="maximum">The highest value allowed.</param>
    /// <param name="property">The property of <see cref="ArchiveOptions"/> that sets the limit.</param>
    public static IntakeFailure ArchiveBeyond(string limit, long maximum, string property)
    {
        var setting = $"{ArchiveOptions.Section}:{property}";
        var what = limit switch
        {
            "ratio" => $"The archive unpacks to more than {maximum} times its size",
            "bytes" => $"The archive holds more than {maximum} bytes once unpacked",
            "entries" => $"The archive has more than {maximum} entries",
            _ => $"The content is packed more than {maximum} times over",
        };

        var message = $"{what}; raise {setting} to allow it.";

        return new(ErrorReason.ArchiveRefused, message, ("limit", limit), ("maximum", $"{maximum}"), ("setting", setting));
    }
}

/// <summary>
/// Ends the reading of an upload from deep inside the streams that it runs through; <see cref="EvidenceIntake"/> makes a value of it.
/// </summary>
internal sealed class IntakeRefusedException(IntakeFailure failure) : IOException(failure.Message)
{
    public IntakeFailure Failure { get; } = failure;

    /// <summary>Whether only a file is refused, not all of the archive that it is in.</summary>
    public bool ConcernsFile { get; init; }
}
