using System.Text;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Policies;

/// <summary>Tries a pattern on texts that make patterns slow, before a policy depends on it.</summary>
internal static class PatternProbe
{
    /// <summary>What a pattern may take for all of the probe, 48 Ki characters. Ordinary ones take a few milliseconds.</summary>
    public static readonly TimeSpan Budget = TimeSpan.FromMilliseconds(500);

    private const int RunLength = 16 * 1024;

    // The clock also runs while others have the processor: one quick attempt proves that a pattern is quick.
    private const int Attempts = 3;

    private static readonly string s_logs = Fill(
        "2026-03-01T10:15:02.123Z WARN  [worker-7] c.e.shop.CartService : user=ada id=EMP-004211 host=web-3 took 359ms, "
        + "trace=4bf92f3577b34da6a3ce929d0e0e4736\n"
        + "{\"level\":\"error\",\"ts\":1772360102.5,\"msg\":\"call refused\",\"customer\":\"Example & Sons\",\"retry\":3}\n");

    /// <param name="create">Makes the pattern anew for each attempt: one keeps what it has worked out, and would be quick the next
    /// time.</param>
    /// <param name="source">What it was written as.</param>
    public static bool Passes(Func<CustomPattern> create, string source)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (IsQuick(create(), source))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsQuick(CustomPattern pattern, string source)
    {
        try
        {
            // One after the other, as a match may look ahead to the end.
            foreach (var text in (string[])[s_logs, Runs(source), Fill(new string([.. Characters(source)]))])
            {
                pattern.Find(text, "", 1, new FindingList());
            }

            return true;
        }
        catch (PatternTooSlowException)
        {
            return false;
        }
    }

    // Long runs of what the pattern names, each character on its own.
    private static string Runs(string source)
    {
        var characters = Characters(source);
        var text = new StringBuilder(RunLength);
        foreach (var c in characters)
        {
            text.Append(c, RunLength / characters.Length);
        }

        return text.ToString();
    }

    private static char[] Characters(string source) => [.. source.Where(char.IsLetterOrDigit).Append('a').Append('0').Distinct().Take(16)];

    private static string Fill(string piece) =>
        new StringBuilder(RunLength + piece.Length).Insert(0, piece, (RunLength / piece.Length) + 1).ToString(0, RunLength);
}
