using System.Runtime.CompilerServices;
using System.Threading.Channels;
using FaultMaven.Redaction.External;
using FaultMaven.Redaction.Policies;
using FaultMaven.Redaction.Store;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Scanning;
using FaultMaven.Redaction.Screening;

namespace FaultMaven.Redaction.Redacting;

/// <summary>Redacts texts: finds what must not leave, and puts the scope's placeholders in its place.</summary>
internal sealed class TextRedactor(IPseudonyms pseudonyms, PlaceholderHash hash, ExternalRecognizer external)
{
    /// <summary>How many windows of a stream are redacted together at most; as many more may be scanned meanwhile.</summary>
    private const int MaxTogether = 16;

    /// <summary>Finds without changing anything. What looks like a placeholder is left out: only a scope knows about that.</summary>
    public async Task<(IReadOnlyList<ScannedFinding> Findings, bool IsDegraded)> InspectAsync(
        CompiledPolicy policy, string text, CancellationToken cancellationToken)
    {
        var scanned = Scan(policy.EngineForCall(), text, cancellationToken);
        var (pieces, isDegraded) = await external.AddToAsync(scanned, 0, policy, cancellationToken);
        foreach (var piece in pieces)
        {
            piece.Text.Wipe();
        }

        return ([.. pieces.SelectMany(piece => piece.Findings).Where(finding => finding.Type != FindingTypes.Literal)], isDegraded);
    }

    /// <summary>Redacts some texts; placeholders are numbered in their order.</summary>
    public async Task<IReadOnlyList<RedactedText>> RedactAsync(RedactionTerms terms, IReadOnlyList<string> texts,
        CancellationToken cancellationToken)
    {
        var engine = terms.Policy.EngineForCall();
        var scanned = await Task.WhenAll(texts.Select(text =>
            external.AddToAsync(Scan(engine, text, cancellationToken), 0, terms.Policy, cancellationToken)));
        var assigner = new PlaceholderAssigner(terms, pseudonyms, hash);
        var redacted = await assigner.RedactAsync([.. scanned.SelectMany(text => text.Pieces)], cancellationToken);

        var results = new RedactedText[texts.Count];
        var done = 0;
        for (var i = 0; i < results.Length; i++)
        {
            var count = scanned[i].Pieces.Count;
            results[i] = RedactedText.Join([.. redacted.Skip(done).Take(count)], scanned[i].IsDegraded);
            done += count;
        }

        return results;
    }

    /// <summary>
    /// Redacts a text that arrives in pieces; without a flush, the joined results equal those of the joined pieces, however they are cut.
    /// While placeholders are asked for, the text that follows is scanned already; what has come together meanwhile is asked for at once,
    /// so nothing waits for text that has not come. What is handed out may be looked at until the next is asked for.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<RedactedSpan>> RedactAsync(
        RedactionTerms terms, IAsyncEnumerable<TextPiece> pieces, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var ahead = Channel.CreateBounded<ScannedPiece>(
            new BoundedChannelOptions(MaxTogether) { SingleReader = true, SingleWriter = true });
        var scanning = Task.Run(() => ScanAsync(terms.Policy, pieces, ahead.Writer, stop.Token), CancellationToken.None);

        try
        {
            var assigner = new PlaceholderAssigner(terms, pseudonyms, hash);
            var screening = new PassageScan();
            var scanned = new List<ScannedPiece>(MaxTogether);
            long position = 0;

            while (await ahead.Reader.WaitToReadAsync(cancellationToken))
            {
                while (scanned.Count < MaxTogether && ahead.Reader.TryRead(out var piece))
                {
                    scanned.Add(piece);
                }

                var length = scanned.Sum(piece => piece.Length);
                var redacted = await RedactAsync(assigner, terms, scanned, position, cancellationToken);
                yield return [.. redacted.Select(stretch => stretch with { Passages = screening.Next(stretch.Text.Span) })];

                foreach (var stretch in redacted)
                {
                    stretch.Text.Dispose();
                }

                position += length;
                scanned.Clear();
            }

            await scanning;
        }
        finally
        {
            // The source of the pieces must not be read from once this has ended.
            await stop.CancelAsync();
            await scanning.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task ScanAsync(
        CompiledPolicy policy, IAsyncEnumerable<TextPiece> pieces, ChannelWriter<ScannedPiece> ahead, CancellationToken cancellationToken)
    {
        try
        {
            using var scanner = new TextScanner(policy.EngineForCall());
            var scanned = new List<ScannedPiece>();

            await foreach (var piece in pieces.WithCancellation(cancellationToken))
            {
                if (piece.Utf8.IsEmpty)
                {
                    scanner.Append(piece.Text, scanned);
                }
                else
                {
                    scanner.AppendUtf8(piece.Utf8.Span, scanned);
                }

                if (piece.IsFlushed)
                {
                    scanner.Flush(scanned);
                }

                await HandOverAsync(scanned, ahead, cancellationToken);
            }

            scanner.Complete(scanned);
            await HandOverAsync(scanned, ahead, cancellationToken);
        }
        finally
        {
            // Why it ended, the task says.
            ahead.Complete();
        }
    }

    private static async Task HandOverAsync(List<ScannedPiece> scanned, ChannelWriter<ScannedPiece> ahead,
        CancellationToken cancellationToken)
    {
        foreach (var piece in scanned)
        {
            await ahead.WriteAsync(piece, cancellationToken);
        }

        scanned.Clear();
    }

    private async Task<IReadOnlyList<RedactedSpan>> RedactAsync(
        PlaceholderAssigner assigner, RedactionTerms terms, IReadOnlyList<ScannedPiece> scanned, long position,
            CancellationToken cancellationToken)
    {
        var (all, isDegraded) = await external.AddToAsync(scanned, position, terms.Policy, cancellationToken);
        var redacted = await assigner.RedactAsync(all, cancellationToken);
        return isDegraded ? [.. redacted.Select(stretch => stretch with { IsDegraded = true })] : redacted;
    }

    private static List<ScannedPiece> Scan(RecognitionEngine engine, string text, CancellationToken cancellationToken)
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
