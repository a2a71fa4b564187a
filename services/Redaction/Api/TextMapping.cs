using FaultMaven.Redaction.Policies;
using FaultMaven.Redaction.Redacting;
using FaultMaven.Redaction.Scanning;
using FaultMaven.Redaction.Screening;

namespace FaultMaven.Redaction.Api;

/// <summary>Between redacted text and the contract.</summary>
internal static class TextMapping
{
    public static Proto.RedactTextResponse ToProto(this RedactedText redacted, CompiledPolicy policy) => new()
    {
        Text = redacted.Text,
        Findings = { redacted.Findings.Select(f => f.Finding.ToProto(f.Placeholder)) },
        Policy = policy.Name,
        Degraded = redacted.IsDegraded,
        Passages = { redacted.Passages.Select(ToProto) },
        Screened = true,
    };

    public static Proto.Finding ToProto(this ScannedFinding finding, string placeholder) => new()
    {
        Type = finding.Type,
        Start = finding.Start,
        End = finding.End,
        Confidence = finding.Confidence,
        Placeholder = placeholder,
    };

    public static Proto.Passage ToProto(this ScreenedPassage passage) => new()
    {
        Kind = passage.Kind,
        Start = passage.Start,
        End = passage.End,
        StartLine = passage.StartLine,
        EndLine = passage.EndLine,
    };
}
