namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// Values of cookies that open a session: <c>Cookie: sid=…; theme=dark</c>, <c>Set-Cookie: JSESSIONID=…; Path=/</c>; and session ids that
/// servers append to addresses. Session ids of protocols (ZooKeeper, TLS, X) are evidence and stay.
/// </summary>
internal sealed class Cookies : Recognizer
{
    private const int MaxHeader = 4096;
    private const int ShortestId = 6;
    private const int MaxJudged = 1024;
    private const int CookieHeader = 0;

    private static readonly string[] s_sessionWords =
        ["sess", "sid", "auth", "token", "jwt", "remember", "csrf", "xsrf", "login", "identity", "secret", "key", "pass"];

    public override IReadOnlyList<Literal> Literals { get; } =
    [
        new("cookie", LiteralStart.AtBoundary), new("JSESSIONID=", LiteralStart.AtBoundary), new("PHPSESSID=", LiteralStart.AtBoundary),
        new("ASP.NET_SessionId=", LiteralStart.AtBoundary), new("connect.sid=", LiteralStart.AtBoundary),
            new("laravel_session=", LiteralStart.AtBoundary),
        new("_gitlab_session=", LiteralStart.AtBoundary), new("ASPXAUTH=", LiteralStart.AtBoundary),
            new("sessionid=", LiteralStart.AtBoundary),
        new("csrftoken=", LiteralStart.AtBoundary), new("XSRF-TOKEN=", LiteralStart.AtBoundary), new("CFTOKEN=", LiteralStart.AtBoundary),
    ];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        var end = at + Literals[literal].Text.Length;
        if (literal == CookieHeader)
        {
            MatchHeader(text, end, findings);
            return;
        }

        var value = ValueSpan.At(text, end, findings.ValueEnds);
        var id = text[value.Start..Math.Min(value.End, value.Start + MaxJudged)];

        // "sessionid=0x25a0123456b0007" is ZooKeeper's.
        if (id.Length >= 16 && !SecretValue.IsStandIn(id) && !id.StartsWith("0x", StringComparison.Ordinal)
            && id.ContainsAnyInRange('0', '9'))
        {
            findings.Add(FindingTypes.SessionId, value.Start, value.End, 0.9);
        }
        else
        {
            findings.Doubt(at, value.End);
        }
    }

    private static void MatchHeader(ReadOnlySpan<char> text, int nameEnd, FindingList findings)
    {
        var link = NameLink.After(text, nameEnd, 8);
        if (link.Kind is not (LinkKind.Colon or LinkKind.Equals))
        {
            return;
        }

        var end = Boundary.LineEnd(text, link.ValueStart, MaxHeader);
        var at = link.ValueStart;
        while (at < end)
        {
            while (at < end && text[at] is ' ' or ';' or '"' or '\'' or '[' or '\\')
            {
                at++;
            }

            // A header inside what an earlier one was taken for: from a pair on that both have, only what lay beyond that one's limit is
            // new.
            at = findings.Cookies.Join(at);

            var name = Alphabets.Run(text, at, Alphabets.Base64UrlDotted, 80);
            if (name == 0 || at + name >= end || text[at + name] != '=')
            {
                findings.Doubt(at, at + name + 1);
                return;
            }

            var start = at + name + 1;
            var length = text[start..end].IndexOfAny(";\"' ,");
            var stop = length < 0 ? end : start + length;
            start += SkipPlaceholders(text[start..stop]);
            var value = text[start..stop];
            if (value.Length >= ShortestId && !SecretValue.IsStandIn(value)
                && (IsSession(text.Slice(at, name)) || SecretValue.IsRare(value)))
            {
                findings.Add(FindingTypes.SessionId, start, stop, 0.9);
            }
            else
            {
                findings.Doubt(nameEnd, stop + 1);
            }

            at = stop;
        }
    }

    // What is left beside a placeholder is judged by itself, however long the placeholder is.
    private static int SkipPlaceholders(ReadOnlySpan<char> value)
    {
        var length = 0;
        while (Placeholder.LengthAt(value, length) is var next and > 0)
        {
            length += next;
        }

        return length;
    }

    private static bool IsSession(ReadOnlySpan<char> name)
    {
        foreach (var word in s_sessionWords)
        {
            if (name.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
