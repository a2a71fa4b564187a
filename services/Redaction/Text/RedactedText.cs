using System.Text;
using FaultMaven.Redaction.Scanning;

namespace FaultMaven.Redaction.Text;

/// <summary>A text with placeholders in place of what was found.</summary>
/// <param name="Text">The redacted text.</param>
/// <param name="Findings">What was found, with what stands in its place; empty for what was dropped.</param>
/// <param name="IsDegraded">Whether the external recogniser was to be asked and did not answer.</param>
internal sealed record RedactedText(string Text, IReadOnlyList<(ScannedFinding Finding, string Placeholder)> Findings, bool IsDegraded = false)
{
    public static RedactedText From(ScannedPiece piece, Func<ScannedFinding, string> placeholderOf)
    {
        if (piece.Findings.Count == 0)
        {
            return new RedactedText(piece.Text, []);
        }

        var text = new StringBuilder(piece.Text.Length);
        var findings = new (ScannedFinding, string)[piece.Findings.Count];
        var done = 0;
        for (var i = 0; i < findings.Length; i++)
        {
            var finding = piece.Findings[i];
            var placeholder = placeholderOf(finding);
            findings[i] = (finding, placeholder);
            text.Append(piece.Text, done, finding.LocalStart - done);
            text.Append(placeholder.Length > 0 || StandsAlone(text, piece.Text, finding.LocalEnd) ? placeholder : " ");
            done = finding.LocalEnd;
        }

        return new RedactedText(text.Append(piece.Text, done, piece.Text.Length - done).ToString(), findings);
    }

    /// <summary>Joins stretches that follow each other.</summary>
    public static RedactedText Join(IReadOnlyList<RedactedText> stretches) =>
        stretches.Count == 1
            ? stretches[0]
            : new RedactedText(
                string.Concat(stretches.Select(s => s.Text)), [.. stretches.SelectMany(s => s.Findings)], stretches.Any(s => s.IsDegraded));

    // Whether nothing new comes about where something is dropped: a word, or a placeholder that nobody gave out.
    private static bool StandsAlone(StringBuilder before, string text, int end) =>
        (before.Length > 0 && char.IsWhiteSpace(before[^1])) || (end < text.Length && char.IsWhiteSpace(text[end]));
}
