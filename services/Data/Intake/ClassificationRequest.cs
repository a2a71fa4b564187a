namespace FaultMaven.Data.Intake;

/// <summary>Who wants evidence classified, and as what.</summary>
/// <param name="Type">What it is; unspecified to go by its content.</param>
/// <param name="Source">Who decides.</param>
/// <param name="RequestedBy">Who asked for it, redacted; may be empty.</param>
internal sealed record ClassificationRequest(Proto.EvidenceType Type, Proto.ClassificationSource Source, string RequestedBy)
{
    public static ClassificationRequest AtUpload(Proto.EvidenceType type) => Of(type, Proto.ClassificationSource.Upload, "");

    public static ClassificationRequest Afterwards(Proto.EvidenceType type, string requestedBy) =>
        Of(type, Proto.ClassificationSource.Override, requestedBy);

    private static ClassificationRequest Of(Proto.EvidenceType type, Proto.ClassificationSource source, string requestedBy) =>
        new(type, type is Proto.EvidenceType.Unspecified ? Proto.ClassificationSource.Classifier : source, requestedBy);
}
