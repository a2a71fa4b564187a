using System.Buffers;
using FaultMaven.Redaction.Scanning;
using FaultMaven.Redaction.Screening;

namespace FaultMaven.Redaction.Redacting;

/// <summary>A stretch of a text with placeholders in place of what was found.</summary>
/// <param name="Text">The redacted text; the last user of the span disposes of it.</param>
/// <param name="Findings">What was found, with its placeholder; empty for what was dropped.</param>
internal sealed record RedactedSpan(PooledText Text, IReadOnlyList<(ScannedFinding Finding, string Placeholder)> Findings)
{
    /// <summary>Whether the external recogniser was to be asked and did not answer.</summary>
    public bool IsDegraded { get; init; }

    /// <summary>The passages of the redacted text that look like prompt injection; set once it is screened.</summary>
    public IReadOnlyList<ScreenedPassage> Passages { get; init; } = [];

    /// <summary>Redacts a piece, whose text is used up.</summary>
    public static RedactedSpan From(ScannedPiece piece, Func<ScannedFinding, string> placeholderOf)
    {
        if (piece.Findings.Count == 0)
        {
            return new RedactedSpan(piece.Text, []);
        }

        var findings = new (ScannedFinding Finding, string Placeholder)[piece.Findings.Count];
        var length = piece.Text.Length;
        for (var i = 0; i < findings.Length; i++)
        {
            var finding = piece.Findings[i];
            findings[i] = (finding, placeholderOf(finding));

            // Where something is dropped, a space may replace it.
            length += Math.Max(1, findings[i].Placeholder.Length) - (finding.LocalEnd - finding.LocalStart);
        }

        var buffer = ArrayPool<char>.Shared.Rent(length);
        length = Write(piece.Text.Span, findings, buffer);
        piece.Text.Wipe();
        return new RedactedSpan(new PooledText(buffer, length), findings);
    }

    private static int Write(ReadOnlySpan<char> text, (ScannedFinding Finding, string Placeholder)[] findings, Span<char> written)
    {
        var (length, done) = (0, 0);
        foreach (var (finding, placeholder) in findings)
        {
            Append(text[done..finding.LocalStart], written, ref length);
            Append(placeholder.Length > 0 || StandsAlone(written[..length], text, finding.LocalEnd) ? placeholder : " ", written,
                ref length);
            done = finding.LocalEnd;
        }

        Append(text[done..], written, ref length);
        return length;
    }

    private static void Append(ReadOnlySpan<char> text, Span<char> written, ref int length)
    {
        text.CopyTo(written[length..]);
        length += text.Length;
    }

    // Whether nothing new comes about where something is dropped: a word, or a placeholder that was never given out.
    private static bool StandsAlone(ReadOnlySpan<char> before, ReadOnlySpan<char> text, int end) =>
        (before.Length > 0 && char.IsWhiteSpace(before[^1])) || (end < text.Length && char.IsWhiteSpace(text[end]));
}
