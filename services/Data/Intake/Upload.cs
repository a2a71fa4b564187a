namespace FaultMaven.Data.Intake;

/// <summary>What a caller says about the bytes that it sends.</summary>
/// <param name="Case">The case that they belong to.</param>
/// <param name="FileName">Their file name, without a path, not yet redacted.</param>
/// <param name="Type">Their type if the caller knows it, otherwise unspecified.</param>
/// <param name="RequestId">The caller's id of this upload; may be empty.</param>
internal sealed record Upload(CaseName Case, string FileName, Proto.EvidenceType Type, string RequestId);

/// <summary>A file that is about to become evidence.</summary>
/// <param name="Name">What it will be called.</param>
/// <param name="Evidence">What is known of it: its file name, redacted.</param>
/// <param name="GivenType">Its type if the caller knows it, otherwise unspecified.</param>
/// <param name="IsEntry">Whether it came in an archive.</param>
internal sealed record IncomingFile(
    EvidenceName Name, Proto.Evidence Evidence, Proto.EvidenceType GivenType, bool IsEntry);
