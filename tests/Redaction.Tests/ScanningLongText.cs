using FaultMaven.Redaction.Scanning;

namespace FaultMaven.Redaction.Tests;

/// <summary>What scanning allocates grows with what is found, never with the text.</summary>
public sealed class ScanningLongText
{
    private const string Line =
        "2026-03-01 10:15:02,417 INFO  [http-nio-8080-exec-7] c.e.shop.Cart - Completed 12 of 12 tasks in 3.3 seconds\n";

    [Fact]
    public void A_text_eight_times_as_long_allocates_hardly_more()
    {
        var text = string.Concat(Enumerable.Repeat(Line, 40_000));

        // Once for what is allocated only the first time.
        Allocated(text);
        var eighth = Allocated(text[..(text.Length / 8)]);

        Assert.InRange(Allocated(text) - eighth, 0, text.Length / 20);
    }

    private static long Allocated(string text)
    {
        var pieces = new List<ScannedPiece>(16);
        var before = GC.GetAllocatedBytesForCurrentThread();
        using var scanner = new TextScanner(Redacted.Engine);

        for (var at = 0; at < text.Length; at += TextScanner.Window)
        {
            scanner.Append(text.AsSpan(at, Math.Min(TextScanner.Window, text.Length - at)), pieces);
            UseUp(pieces);
        }

        scanner.Complete(pieces);
        UseUp(pieces);

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static void UseUp(List<ScannedPiece> pieces)
    {
        foreach (var piece in pieces)
        {
            Assert.Empty(piece.Findings);
            piece.Text.Dispose();
        }

        pieces.Clear();
    }
}
