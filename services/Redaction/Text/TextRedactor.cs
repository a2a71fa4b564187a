using System.Runtime.CompilerServices;
using FaultMaven.Redaction.Pseudonyms;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Scanning;

namespace FaultMaven.Redaction.Text;

/// <summary>Redacts texts: finds what must not leave, and puts the scope's placeholders in its place.</summary>
internal sealed class TextRedactor(RecognitionEngine engine, IPseudonyms pseudonyms)
{
    /// <summary>Finds without changing anything.</summary>
    public IReadOnlyList<ScannedFinding> Inspect(string text, CancellationToken cancellationToken) =>
        [.. Scan(text, cancellationToken).SelectMany(piece => piece.Findings)];

    /// <summary>Redacts some texts in one scope; placeholders are numbered in their order.</summary>
    public async Task<IReadOnlyList<RedactedText>> RedactAsync(Scope scope, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var scanned = texts.Select(text => Scan(text, cancellationToken)).ToArray();
        var redacted = await new PlaceholderBook(scope, pseudonyms).RedactAsync([.. scanned.SelectMany(pieces => pieces)], cancellationToken);

        var results = new RedactedText[texts.Count];
        var done = 0;
        for (var i = 0; i < results.Length; i++)
        {
            results[i] = RedactedText.Join([.. redacted.Skip(done).Take(scanned[i].Count)]);
            done += scanned[i].Count;
        }

        return results;
    }

    /// <summary>Redacts a text that arrives in pieces; the joined results equal those of the joined pieces, however they are cut.</summary>
    public async IAsyncEnumerable<RedactedText> RedactAsync(
        Scope scope, IAsyncEnumerable<string> pieces, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var scanner = new TextScanner(engine);
        var book = new PlaceholderBook(scope, pseudonyms);
        var scanned = new List<ScannedPiece>();

        await foreach (var piece in pieces.WithCancellation(cancellationToken))
        {
            scanner.Append(piece, scanned);
            foreach (var redacted in await book.RedactAsync(scanned, cancellationToken))
            {
                yield return redacted;
            }

            scanned.Clear();
        }

        scanner.Complete(scanned);
        foreach (var redacted in await book.RedactAsync(scanned, cancellationToken))
        {
            yield return redacted;
        }
    }

    private List<ScannedPiece> Scan(string text, CancellationToken cancellationToken)
    {
        using var scanner = new TextScanner(engine);
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
