using FaultMaven.Redaction.Policies;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Scanning;
using FaultMaven.ServiceDefaults.Flags;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction.External;

/// <summary>
/// Adds what an external recogniser finds to what our own found, and never takes away. It is asked about text in which our findings are
/// blanked out: so the secrets that we know of do not reach it.
/// </summary>
internal sealed partial class ExternalRecognizer(AnalyzerClient client, IOptions<ExternalOptions> options,
    [FromKeyedServices(ResourceNames.Redaction)] FlagValues flags, ILogger<ExternalRecognizer> logger)
{
    private const char Blank = '_';

    /// <summary>Adds its findings to stretches of text that follow each other.</summary>
    /// <param name="pieces">The stretches.</param>
    /// <param name="start">Where the first starts in the whole input.</param>
    /// <param name="policy">What is redacted, and what to do without an answer.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The stretches, and whether it did not answer and the policy continues without it.</returns>
    /// <exception cref="AnalyzerException">It did not answer, and the policy refuses to continue without it.</exception>
    public async Task<(IReadOnlyList<ScannedPiece> Pieces, bool IsDegraded)> AddToAsync(
        IReadOnlyList<ScannedPiece> pieces, long start, CompiledPolicy policy, CancellationToken cancellationToken)
    {
        if (options.Value.Address is null || !flags.Get(RedactionFlags.External))
        {
            return (pieces, false);
        }

        var asked = new List<Task<ScannedPiece>>(pieces.Count);
        foreach (var piece in pieces)
        {
            asked.Add(AddToAsync(piece, start, policy, cancellationToken));
            start += piece.Length;
        }

        try
        {
            return (await Task.WhenAll(asked), false);
        }
        catch (AnalyzerException e) when (GoesOn(policy))
        {
            LogDegraded(e, policy.Name);
            return (pieces, true);
        }
    }

    private bool GoesOn(CompiledPolicy policy) => policy.ExternalFailure switch
    {
        Proto.ExternalFailureMode.Refuse => false,
        Proto.ExternalFailureMode.NativeOnly => true,
        _ => flags.Get(RedactionFlags.ExternalOutage) switch
        {
            ExternalOutage.Refuse => false,
            ExternalOutage.NativeOnly => true,
            _ => options.Value.OnFailure == OnFailure.NativeOnly,
        },
    };

    private async Task<ScannedPiece> AddToAsync(ScannedPiece piece, long start, CompiledPolicy policy, CancellationToken cancellationToken)
    {
        var text = Blanked(piece);
        if (!text.Any(char.IsLetterOrDigit))
        {
            return piece;
        }

        var found = await client.FindAsync(text, cancellationToken);
        var added = found.Where(f => policy.Redacts(f.Type, piece.Text.Span[f.Start..f.End])).ToArray();
        return added.Length == 0 ? piece : Merged(piece, start, added);
    }

    // As long as it was, so that places stay what they are.
    private static string Blanked(ScannedPiece piece) =>
        string.Create(piece.Text.Length, piece, static (text, from) =>
        {
            from.Text.Span.CopyTo(text);
            foreach (var finding in from.Findings)
            {
                text[finding.LocalStart..finding.LocalEnd].Fill(Blank);
            }
        });

    // Ours keep their spans; of what was added, the parts between them count.
    private static ScannedPiece Merged(ScannedPiece piece, long start, Finding[] added)
    {
        var list = new FindingList();
        foreach (var finding in added)
        {
            list.Add(finding.Type, finding.Start, finding.End, finding.Confidence);
        }

        list.Settle();
        foreach (var own in piece.Findings)
        {
            for (var i = 0; i < list.Count; i++)
            {
                if (list[i].Start < own.LocalEnd && own.LocalStart < list[i].End)
                {
                    list.CutOut(piece.Text.Span, i--, own.LocalStart, own.LocalEnd);
                }
            }
        }

        var all = new List<ScannedFinding>(piece.Findings);
        for (var i = 0; i < list.Count; i++)
        {
            var f = list[i];
            all.Add(new ScannedFinding(f.Type, start + f.Start, start + f.End, f.Confidence, f.Start, f.End, piece.Text.Span[f.Start..f.End]
                .ToString()));
        }

        return piece with { Findings = [.. all.OrderBy(f => f.LocalStart)] };
    }

    [LoggerMessage(LogLevel.Warning, "The external recogniser did not answer; under {Policy} text is redacted without it.")]
    private partial void LogDegraded(Exception exception, string policy);
}
