using FaultMaven.Redaction.Scanning;
using FaultMaven.Redaction.Screening;

namespace FaultMaven.Redaction.Redacting;

/// <summary>A whole text with placeholders in place of what was found.</summary>
/// <param name="Text">The redacted text.</param>
/// <param name="Findings">What was found, with its placeholder; empty for what was dropped.</param>
/// <param name="Passages">The passages of the redacted text that look like prompt injection.</param>
/// <param name="IsDegraded">Whether the external recogniser was to be asked and did not answer.</param>
internal sealed record RedactedText(
    string Text, IReadOnlyList<(ScannedFinding Finding, string Placeholder)> Findings, IReadOnlyList<ScreenedPassage> Passages,
        bool IsDegraded)
{
    /// <summary>
    /// Joins stretches that follow each other, whose texts are used up, and screens them as the same stretches of a stream are, so that
    /// both find the same passages.
    /// </summary>
    public static RedactedText Join(IReadOnlyList<RedactedSpan> stretches, bool isDegraded)
    {
        var screening = new PassageScan();
        var passages = new List<ScreenedPassage>();
        var text = string.Create(stretches.Sum(stretch => stretch.Text.Length), stretches, (written, from) =>
        {
            foreach (var stretch in from)
            {
                passages.AddRange(screening.Next(stretch.Text.Span));
                stretch.Text.Span.CopyTo(written);
                written = written[stretch.Text.Length..];
                stretch.Text.Dispose();
            }
        });

        if (passages.Count == PassageScan.MaxPassages)
        {
            passages[^1] = passages[^1] with { End = text.Length, EndLine = text.Count(c => c == '\n') + 1 };
        }

        return new RedactedText(text, [.. stretches.SelectMany(stretch => stretch.Findings)], passages, isDegraded);
    }
}
