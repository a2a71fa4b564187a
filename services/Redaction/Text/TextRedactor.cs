using System.Runtime.CompilerServices;
using FaultMaven.Redaction.External;
using FaultMaven.Redaction.Policies;
using FaultMaven.Redaction.Pseudonyms;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Scanning;

namespace FaultMaven.Redaction.Text;

/// <summary>Redacts texts: finds what must not leave, and puts the scope's placeholders in its place.</summary>
internal sealed class TextRedactor(IPseudonyms pseudonyms, PlaceholderHash hash, ExternalRecognizer external)
{
    /// <summary>Finds without changing anything. What looks like a placeholder is none of it: only a scope knows about that.</summary>
    public async Task<(IReadOnlyList<ScannedFinding> Findings, bool IsDegraded)> InspectAsync(
        CompiledPolicy policy, string text, CancellationToken cancellationToken)
    {
        var (pieces, isDegraded) = await external.AddToAsync(Scan(policy, text, cancellationToken), 0, policy, cancellationToken);
        return ([.. pieces.SelectMany(piece => piece.Findings).Where(finding => finding.Type != FindingTypes.Literal)], isDegraded);
    }

    /// <summary>Redacts some texts; placeholders are numbered in their order.</summary>
    public async Task<IReadOnlyList<RedactedText>> RedactAsync(RedactionTerms terms, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var scanned = await Task.WhenAll(texts.Select(text =>
            external.AddToAsync(Scan(terms.Policy, text, cancellationToken), 0, terms.Policy, cancellationToken)));
        var book = new PlaceholderBook(terms, pseudonyms, hash);
        var redacted = await book.RedactAsync([.. scanned.SelectMany(text => text.Pieces)], cancellationToken);

        var results = new RedactedText[texts.Count];
        var done = 0;
        for (var i = 0; i < results.Length; i++)
        {
            var count = scanned[i].Pieces.Count;
            results[i] = RedactedText.Join([.. redacted.Skip(done).Take(count)]) with { IsDegraded = scanned[i].IsDegraded };
            done += count;
        }

        return results;
    }

    /// <summary>Redacts a text that arrives in pieces; the joined results equal those of the joined pieces, however they are cut.</summary>
    public async IAsyncEnumerable<RedactedText> RedactAsync(
        RedactionTerms terms, IAsyncEnumerable<string> pieces, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var scanner = new TextScanner(terms.Policy.Engine);
        var book = new PlaceholderBook(terms, pseudonyms, hash);
        var scanned = new List<ScannedPiece>();
        long position = 0;

        await foreach (var piece in pieces.WithCancellation(cancellationToken))
        {
            scanner.Append(piece, scanned);
            foreach (var redacted in await RedactAsync(book, terms, scanned, position, cancellationToken))
            {
                yield return redacted;
            }

            position += scanned.Sum(s => s.Length);
            scanned.Clear();
        }

        scanner.Complete(scanned);
        foreach (var redacted in await RedactAsync(book, terms, scanned, position, cancellationToken))
        {
            yield return redacted;
        }
    }

    private async Task<IEnumerable<RedactedText>> RedactAsync(
        PlaceholderBook book, RedactionTerms terms, IReadOnlyList<ScannedPiece> scanned, long position, CancellationToken cancellationToken)
    {
        var (all, isDegraded) = await external.AddToAsync(scanned, position, terms.Policy, cancellationToken);
        var redacted = await book.RedactAsync(all, cancellationToken);
        return isDegraded ? redacted.Select(text => text with { IsDegraded = true }) : redacted;
    }

    private static List<ScannedPiece> Scan(CompiledPolicy policy, string text, CancellationToken cancellationToken)
    {
        using var scanner = new TextScanner(policy.Engine);
        var scanned = new List<ScannedPiece>();
        for (var i = 0; i < text.Length; i += TextScanner.Window)
        {
            cancellationToken.ThrowIfCancellationRequested();
            scanner.Append(text.AsSpan(i, Math.Min(TextScanner.Window, text.Length - i)), scanned);
        }

        scanner.Complete(scanned);
        return scanned;
    }
}
