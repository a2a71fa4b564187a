using System.Text;
using FaultMaven.Redaction.Scanning;

namespace FaultMaven.Redaction.Text;

/// <summary>A text with placeholders in place of what was found.</summary>
internal sealed record RedactedText(string Text, IReadOnlyList<(ScannedFinding Finding, string Placeholder)> Findings)
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
            findings[i] = (finding, placeholderOf(finding));
            text.Append(piece.Text, done, finding.LocalStart - done).Append(findings[i].Item2);
            done = finding.LocalEnd;
        }

        return new RedactedText(text.Append(piece.Text, done, piece.Text.Length - done).ToString(), findings);
    }

    /// <summary>Joins stretches that follow each other.</summary>
    public static RedactedText Join(IReadOnlyList<RedactedText> stretches) =>
        stretches.Count == 1
            ? stretches[0]
            : new RedactedText(string.Concat(stretches.Select(s => s.Text)), [.. stretches.SelectMany(s => s.Findings)]);
}
