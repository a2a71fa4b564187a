using System.Buffers;

namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// Credentials before the host of an address: <c>postgres://user:secret@db/app</c>, <c>https://token@git.example.com</c>,
/// <c>user:secret@tcp(db:3306)/app</c>, <c>jdbc:oracle:thin:user/secret@db</c>. Host, port and path stay.
/// </summary>
internal sealed class CredentialUrls : Recognizer
{
    private const int MaxUserInfo = 512;
    private const int Scheme = 0;
    private const int EscapedScheme = 1;
    private const int Oracle = 4;

    private static readonly SearchValues<char> s_end = SearchValues.Create(" \t\r\n\"'`<>\\|\0");

    public override IReadOnlyList<Literal> Literals { get; } =
        [new("://"), new("%3A%2F%2F"), new("@tcp("), new("@unix("), new("jdbc:oracle:thin:")];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        var start = at + Literals[literal].Text.Length;
        switch (literal)
        {
            case Scheme:
                MatchAddress(text, start, "@", ':', findings);
                break;
            case EscapedScheme:
                MatchAddress(text, start, "%40", ':', findings);
                break;
            case Oracle:
                MatchAddress(text, start, "@", '/', findings);
                break;
            default:
                MatchDataSource(text, at, findings);
                break;
        }
    }

    private static void MatchAddress(ReadOnlySpan<char> text, int start, string at, char separator, FindingList findings)
    {
        var ahead = text.Slice(start, Math.Min(MaxUserInfo, text.Length - start));
        var end = ahead.IndexOfAny(s_end);
        ahead = end < 0 ? ahead : ahead[..end];
        if (ahead.Contains(at[0]))
        {
            var known = findings.Count;
            MatchUserInfo(ahead, start, at, separator, findings);
            findings.DoubtUnlessFound(known, start, start + ahead.Length);
        }
    }

    private static void MatchUserInfo(ReadOnlySpan<char> ahead, int start, string at, char separator, FindingList findings)
    {
        // A password may hold "/", "?" and "#" unescaped, but then a colon is before them; a path may hold "@".
        var path = ahead.IndexOfAny('/', '?', '#');
        var colon = ahead.IndexOf(separator);
        var authority = path >= 0 && separator == ':' && (colon < 0 || colon > path || IsPort(ahead, colon + 1, path)) ? ahead[..path]
            : ahead;
        var host = authority.Length > 0 && path >= 0 && authority.Length > path && ahead[..path]
            .LastIndexOf(at, StringComparison.Ordinal) is var inside and >= 0
            ? inside
            : authority.LastIndexOf(at, StringComparison.Ordinal);
        if (host <= 0)
        {
            return;
        }

        var user = ahead[..host];
        var escaped = at == "%40" ? user.IndexOf("%3A", StringComparison.OrdinalIgnoreCase) : -1;
        var split = escaped >= 0 ? escaped : user.IndexOf(separator);
        if (split < 0)
        {
            if (SecretValue.IsRare(user) || user.Length >= 20)
            {
                findings.Add(FindingTypes.Secret, start, start + host, 0.9);
            }

            return;
        }

        var password = split + (escaped >= 0 ? 3 : 1);
        if (password < host && !SecretValue.IsStandIn(ahead[password..host]))
        {
            findings.Add(FindingTypes.Password, start + password, start + host, 0.97);
        }
    }

    // Go's MySQL driver: user:secret@tcp(127.0.0.1:3306)/app.
    private static void MatchDataSource(ReadOnlySpan<char> text, int at, FindingList findings)
    {
        var from = Math.Max(0, at - 256);
        var before = text[from..at];
        var word = before.LastIndexOfAny(s_end) + 1;
        var colon = before[word..].IndexOf(':');
        if (colon > 0 && !SecretValue.IsStandIn(before[(word + colon + 1)..]))
        {
            findings.Add(FindingTypes.Password, from + word + colon + 1, at, 0.95);
        }
        else
        {
            findings.Doubt(from + word, at);
        }
    }

    private static bool IsPort(ReadOnlySpan<char> text, int start, int end) =>
        end > start && end - start <= 5 && !text[start..end].ContainsAnyExceptInRange('0', '9');
}
