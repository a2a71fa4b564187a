using System.Buffers;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Scanning;

/// <summary>
/// Says how much of a text may be handed out while its input pauses: whole lines, and none that text to come may still turn into a part of
/// a secret. Where in doubt, the lines are held; they come out once their window is full or the input ends.
/// </summary>
internal static class FlushPoint
{
    // Shorter runs of base64 and hexadecimal digits are words and numbers.
    private const int ShortestRun = 16;

    // What opens a key of several lines, and what closes it.
    private static readonly (string Begin, string End)[] s_keys =
    [
        ("-----BEGIN ", "-----END "),
        ("---- BEGIN SSH2 ", "---- END SSH2 "),
        ("PuTTY-User-Key-File-", "Private-MAC:"),
    ];

    private static readonly SearchValues<char> s_encoded =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_%\\\"',");

    /// <summary>Where to cut.</summary>
    /// <param name="text">The text so far.</param>
    /// <param name="from">What precedes this is handed out already.</param>
    /// <param name="findings">What was found in the text.</param>
    /// <returns>The end of the last line that may go; <paramref name="from"/> if none may.</returns>
    public static int Of(ReadOnlySpan<char> text, int from, FindingList findings)
    {
        var lines = from + text[from..].LastIndexOf('\n') + 1;
        var cut = Math.Min(lines, OpenBlock(text[..lines], from));

        for (var i = findings.Count - 1; i >= 0; i--)
        {
            var finding = findings[i];
            if (finding.Start < cut && (finding.End > cut || MayContinue(text, lines, finding)))
            {
                cut = Math.Max(from, LineStart(text, finding.Start));
            }
        }

        return cut;
    }

    // A value of several lines, as far as it has come: it reaches the last line, and has a line break or is below its name.
    private static bool MayContinue(ReadOnlySpan<char> text, int lines, Finding finding)
    {
        var value = text[finding.Start..finding.End];
        return FindingTypes.IsCredential(finding.Type)
            && text[Math.Min(finding.End, lines)..lines].Trim(" \t\r\n\"'`,;\\").IsEmpty
            && !IsClosedKey(value)
            && (finding.Type == FindingTypes.PrivateKey
                || value.Contains('\n')
                || text[LineStart(text, finding.Start)..finding.Start].Trim(" \t\"'`").IsEmpty);
    }

    private static bool IsClosedKey(ReadOnlySpan<char> value)
    {
        foreach (var key in s_keys)
        {
            if (value.Contains(key.End, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // Where the outermost block starts that has not ended: a key, a bracket that a line leaves open, a line that continues on the next one,
    // text that is encoded over several lines.
    private static int OpenBlock(ReadOnlySpan<char> text, int from)
    {
        var open = text.Length;
        var depth = 0;
        string? end = null;

        for (int start = from, next; start < text.Length; start = next)
        {
            next = start + text[start..].IndexOf('\n') + 1;
            var line = text[start..next].Trim();
            var rest = line;

            if (end is null)
            {
                foreach (var key in s_keys)
                {
                    if (line.LastIndexOf(key.Begin, StringComparison.OrdinalIgnoreCase) is >= 0 and var begin)
                    {
                        end = key.End;
                        rest = line[begin..];
                    }
                }
            }

            if (end is not null && rest.Contains(end, StringComparison.OrdinalIgnoreCase))
            {
                end = null;
            }

            depth = Math.Max(0, depth - (line is ['}' or ']' or ')', ..] ? 1 : 0)) + (line is [.., '{' or '[' or '('] ? 1 : 0);
            open = depth > 0 || end is not null || Continues(line) ? Math.Min(open, start) : text.Length;
        }

        return open;
    }

    private static bool Continues(ReadOnlySpan<char> line) =>
        line is [.., ',' or '\\'] || (line.Length >= ShortestRun && !line.ContainsAnyExcept(s_encoded));

    private static int LineStart(ReadOnlySpan<char> text, int at) => text[..at].LastIndexOf('\n') + 1;
}
