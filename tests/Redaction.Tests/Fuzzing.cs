using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Scanning;

namespace FaultMaven.Redaction.Tests;

/// <summary>What must hold for a text whatever it is; the benchmarks run it for as long as they are told to.</summary>
internal sealed class Fuzzing(int seed)
{
    private readonly RecognitionEngine _engine = RecognitionEngine.CreateDefault();
    private readonly TextMutations _mutations = new(seed);

    /// <summary>Reads one more text, whole and in pieces.</summary>
    /// <returns>Its length.</returns>
    /// <exception cref="InvalidOperationException">
    /// Something does not hold, or was thrown; the text is reported with its escapes.
    /// </exception>
    public int Try()
    {
        var text = _mutations.Next();
        try
        {
            Check(text);
        }
        catch (Exception e) when (e is not InvalidOperationException)
        {
            throw Broken($"{e.GetType().Name} {e.StackTrace}", text);
        }

        return text.Length;
    }

    private void Check(string text)
    {
        var whole = Scan([text]);
        var findings = whole.SelectMany(piece => piece.Findings).ToArray();

        long last = 0;
        foreach (var finding in findings)
        {
            if (finding.Start < last || finding.End <= finding.Start || finding.End > text.Length
                || finding.Confidence is not (> 0 and <= 1)
                || (finding.IsWhole && text[(int)finding.Start..(int)finding.End] != finding.Identity))
            {
                throw Broken($"the finding {finding.Type} from {finding.Start} to {finding.End}", text);
            }

            last = finding.End;
        }

        var cut = Scan(_mutations.Cut(text));
        if (!findings.SequenceEqual(cut.SelectMany(piece => piece.Findings)))
        {
            throw Broken("findings that depend on the cuts", text);
        }

        if (string.Concat(whole.Select(piece => piece.Text)) != string.Concat(cut.Select(piece => piece.Text)))
        {
            throw Broken("text that depends on the cuts", text);
        }
    }

    private List<ScannedPiece> Scan(IEnumerable<string> pieces)
    {
        using var scanner = new TextScanner(_engine);
        var scanned = new List<ScannedPiece>();
        foreach (var piece in pieces)
        {
            scanner.Append(piece, scanned);
        }

        scanner.Complete(scanned);
        return scanned;
    }

    private static InvalidOperationException Broken(string what, string text) =>
        new($"There is {what}, in: {System.Text.Json.JsonSerializer.Serialize(text)[..Math.Min(4_000, text.Length)]}");
}
