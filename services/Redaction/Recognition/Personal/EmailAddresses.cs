using FaultMaven.Redaction.Recognition.Secrets;

namespace FaultMaven.Redaction.Recognition.Personal;

/// <summary>
/// E-mail addresses: <c>ada@example.com</c>, also with letters beyond ASCII. Remotes (<c>git@host</c>) and unit names do not count.
/// </summary>
internal sealed class EmailAddresses : Recognizer
{
    private const int MaxLocal = 64;
    private const int MaxDomain = 253;
    private const int MaxUserInfo = 80;

    // Last labels that name a file or a unit, and are not domains: getty@tty1.service, queue@node-1.log, chunk@2x.png.
    private static readonly string[] s_notDomains =
    [
        "service", "socket", "timer", "target", "mount", "automount", "swap", "path", "slice", "scope", "device", "png", "jpg", "svg", "js",
        "ts", "jar", "so", "css", "log", "txt", "json", "yaml", "yml", "conf", "cfg", "ini", "csv", "xml", "gz", "out", "err", "pid",
        "sock", "lock", "dump", "bak", "tmp",
    ];

    public override IReadOnlyList<Literal> Literals { get; } = [new("@"), new("%40")];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        var start = LocalStart(text, at);
        var end = DomainEnd(text, at + (literal == 0 ? 1 : 3), out var read);
        if (start == at || end < 0 || text[start..at].Equals("git", StringComparison.Ordinal))
        {
            // What takes all before the sign leaves no address.
            findings.Doubt(start, at);
            findings.Doubt(at + 1, read);
            return;
        }

        if (IsUserInfo(text, start))
        {
            findings.Doubt(Math.Max(0, start - MaxUserInfo), read);
            return;
        }

        findings.Add(FindingTypes.EmailAddress, start, end, 0.93);
    }

    private static int LocalStart(ReadOnlySpan<char> text, int at)
    {
        var start = at;
        while (start > 0 && at - start < MaxLocal && IsLocal(text[start - 1]) && !IsEscapedBreak(text, start))
        {
            start--;
        }

        // %41da, \nada: the escape does not belong to the name.
        while (at - start > 3 && text[start] == '%' && char.IsAsciiHexDigit(text[start + 1]) && char.IsAsciiHexDigit(text[start + 2]))
        {
            start += 3;
        }

        if (start > 0 && text[start - 1] == '\\' && text[start] is 'n' or 'r' or 't' && at - start > 1)
        {
            start++;
        }

        while (start < at && !char.IsLetterOrDigit(text[start]))
        {
            start++;
        }

        return start;
    }

    // write%20to%20ada: what ends a name ends it escaped, too.
    private static bool IsEscapedBreak(ReadOnlySpan<char> text, int end) =>
        end > 2 && PercentRun.EscapesAt(text, end - 3) && !IsLocal(PercentRun.At(text, end - 3));

    private static bool IsLocal(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '%' or '+' or '-';

    private static int DomainEnd(ReadOnlySpan<char> text, int start, out int read)
    {
        var end = start;
        var label = start;
        var lastDot = -1;
        while (end < text.Length && end - start < MaxDomain)
        {
            if (text[end] == '.')
            {
                if (end == label || end + 1 >= text.Length || !char.IsLetterOrDigit(text[end + 1]))
                {
                    break;
                }

                lastDot = end;
                label = end + 1;
            }
            else if (!char.IsLetterOrDigit(text[end]) && text[end] != '-')
            {
                break;
            }

            end++;
        }

        read = end;
        if (lastDot < 0 || end == start || text[start] is '-' or '.')
        {
            return -1;
        }

        var top = text[(lastDot + 1)..end].TrimEnd('-');
        end = lastDot + 1 + top.Length;
        return top.Length < 2 || top.ContainsAnyInRange('0', '9') || IsNoDomain(top) ? -1 : end;
    }

    private static bool IsNoDomain(ReadOnlySpan<char> top)
    {
        foreach (var other in s_notDomains)
        {
            if (top.Equals(other, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // ssh://ada@host.example and postgres://ada:secret@host.example name a host, not a mailbox.
    private static bool IsUserInfo(ReadOnlySpan<char> text, int start)
    {
        var before = text[Math.Max(0, start - MaxUserInfo)..start];
        var scheme = before.LastIndexOf("//", StringComparison.Ordinal);
        return scheme >= 0 && !before[(scheme + 2)..].ContainsAny(Alphabets.WordBreaks);
    }
}
