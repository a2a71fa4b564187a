using System.Buffers;
using System.Collections.Frozen;

namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>
/// Finds hosts with their ports in a text: <c>https://pay.example.com/v1</c>, <c>db-1.internal:5432</c>, <c>10.0.0.7:6379</c>,
/// <c>&lt;IP_ADDRESS_3&gt;:5432</c>.
/// </summary>
internal ref struct AddressText(ReadOnlySpan<char> text)
{
    private const int MaxHostLength = 120;
    private const int FirstUnprivilegedPort = 1024;

    private static readonly SearchValues<char> s_inHost =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_<>");

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789");

    private static readonly SearchValues<char> s_numeric = SearchValues.Create("0123456789.");

    private static readonly SearchValues<char> s_inScheme =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-");

    private static readonly SearchValues<char> s_afterAuthority = SearchValues.Create(" \t\n\r/?#\"'`,;)]}|\\");

    private static readonly FrozenSet<string> s_endings = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "yaml", "yml", "json", "conf", "log", "txt", "xml", "properties", "toml", "ini", "go", "py", "js", "mjs", "ts", "tsx", "java", "kt",
        "scala", "rs", "c", "cc", "cpp", "h", "php", "rb", "cs", "sh", "sql", "pem", "crt", "lua", "ex", "exs", "erl", "clj", "swift", "md",
        "html", "tmpl", "tf");

    private static readonly FrozenSet<string> s_self = FrozenSet.Create(StringComparer.OrdinalIgnoreCase,
        "0.0.0.0", "127.0.0.1", "localhost", "unix");

    // Ports that a single word before them is a host for: "redis:6379", but not "line:42".
    private static readonly FrozenSet<int> s_ports = FrozenSet.ToFrozenSet<int>(
    [
        80, 389, 443, 636, 1433, 1521, 1883, 2181, 2379, 2380, 3000, 3100, 3306, 4222, 4317, 4318, 5000, 5044, 5432, 5601, 5671, 5672, 6379,
        6432, 6443, 7000, 7687, 8000, 8080, 8081, 8086, 8088, 8123, 8200, 8443, 8500, 8529, 8888, 9000, 9042, 9080, 9090, 9092, 9093, 9094,
        9200, 9300, 9411, 11211, 15672, 16686, 26257, 26379, 27017, 50051,
    ]);

    private readonly ReadOnlySpan<char> _text = text;
    private int _from;

    /// <summary>The host that was found.</summary>
    public ReadOnlySpan<char> Host { get; private set; }

    /// <summary>Its port; empty if none is given.</summary>
    public ReadOnlySpan<char> Port { get; private set; }

    /// <summary>Where the address begins.</summary>
    public int Start { get; private set; }

    /// <summary>Where it ends, exclusive.</summary>
    public int End { get; private set; }

    /// <summary>True if it is the machine itself.</summary>
    public readonly bool IsSelf => s_self.GetAlternateLookup<ReadOnlySpan<char>>().Contains(Host);

    /// <summary>Goes to the next address; false at the end.</summary>
    public bool MoveNext()
    {
        while (_from < _text.Length)
        {
            var colon = _text[_from..].IndexOf(':');
            if (colon < 0)
            {
                break;
            }

            colon += _from;
            _from = colon + 1;
            if (_text[_from..].StartsWith("//", StringComparison.Ordinal) ? ReadUrl(colon) : ReadHostAndPort(colon))
            {
                _from = Math.Max(_from, End);
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a word can be the name or the address of a host, without a port.</summary>
    public static bool IsHost(ReadOnlySpan<char> word) => word.Length is > 2 and <= MaxHostLength && !word.ContainsAnyExcept(s_inHost)
        && (IsNumeric(word) || IsPlaceholder(word) || IsQualified(word));

    // https://user:secret@pay.example.com:8443/v1
    private bool ReadUrl(int colon)
    {
        var scheme = _text[..colon];
        scheme = scheme[(scheme.LastIndexOfAnyExcept(s_inScheme) + 1)..];
        if (scheme.IsEmpty || scheme is "file" or "unix" or "http+unix" or "containerd" or "urn")
        {
            return false;
        }

        var rest = _text[(colon + 3)..];
        var end = rest.IndexOfAny(s_afterAuthority);
        var authority = end < 0 ? rest : rest[..end];
        var at = authority.LastIndexOf('@');
        var start = colon + 3 + at + 1;
        authority = authority[(at + 1)..];
        var port = authority.LastIndexOf(':');
        var host = (port < 0 ? authority : authority[..port]).TrimEnd(".");
        var number = port < 0 ? default : authority[(port + 1)..];
        if (host.Length is < 2 or > MaxHostLength || host.ContainsAnyExcept(s_inHost) || number.ContainsAnyExcept(s_digits)
            || !host.ContainsAnyExcept('.', '-', '_'))
        {
            return false;
        }

        Host = host;
        Port = number.Length > 5 ? default : number;
        (Start, End) = (colon - scheme.Length, start + authority.Length);
        return true;
    }

    private bool ReadHostAndPort(int colon)
    {
        var digits = _text[_from..];
        var length = digits.IndexOfAnyExcept(s_digits);
        length = length < 0 ? digits.Length : length;
        if (length is 0 or > 5 || (length < digits.Length && RunsOn(digits[length..])))
        {
            return false;
        }

        var before = _text[..colon];
        var host = before[(before.LastIndexOfAnyExcept(s_inHost) + 1)..];

        // 10.0.0.5:41210->10.0.0.9:5432
        host = host[(host.LastIndexOf("->", StringComparison.Ordinal) is var arrow and >= 0 ? arrow + 2 : 0)..].TrimStart(".-_");
        if (host.Length is < 2 or > MaxHostLength || !int.TryParse(digits[..length], out var port) || port is 0 or > 65_535)
        {
            return false;
        }

        var start = colon - host.Length;
        if (!(IsNumeric(host) || IsPlaceholder(host) || IsQualified(host) || IsNamed(host, port, start)))
        {
            return false;
        }

        Host = host;
        Port = digits[..length];
        (Start, End) = (start, _from + length);
        return true;
    }

    // 5432x, 12:30:59, 1.2.3 do not end where a port does; "5432: refused" and "41210->10.0.0.9:5432" do.
    private static bool RunsOn(ReadOnlySpan<char> rest) => char.IsLetter(rest[0])
        || (rest[0] is '.' or ':' or '_' or '-' && !rest.StartsWith("->", StringComparison.Ordinal) && !IsSentenceEnd(rest));

    private static bool IsSentenceEnd(ReadOnlySpan<char> rest) =>
        rest[0] is '.' or ':' && (rest.Length == 1 || char.IsWhiteSpace(rest[1]));

    private static bool IsNumeric(ReadOnlySpan<char> host) => host.Count('.') == 3 && !host.ContainsAnyExcept(s_numeric)
        && char.IsAsciiDigit(host[0]) && char.IsAsciiDigit(host[^1]);

    private static bool IsPlaceholder(ReadOnlySpan<char> host) => host[0] == '<' && host[^1] == '>' && host.Contains('_');

    // db-1.internal, but not main.go, Orders.java, com.example.Orders or 1.2.3.
    private static bool IsQualified(ReadOnlySpan<char> host)
    {
        var dot = host.LastIndexOf('.');
        if (dot <= 0 || host.ContainsAny('<', '>') || !char.IsAsciiLetterOrDigit(host[0]) || host.Contains("..", StringComparison.Ordinal))
        {
            return false;
        }

        var last = host[(dot + 1)..];
        return last.Length >= 2 && char.IsAsciiLetterLower(last[0]) && !last.ContainsAnyInRange('A', 'Z')
            && !s_endings.GetAlternateLookup<ReadOnlySpan<char>>().Contains(last);
    }

    // One word is a host before a port that servers have, or after a word or sign that announces one.
    private readonly bool IsNamed(ReadOnlySpan<char> host, int port, int start)
    {
        if (!char.IsAsciiLetter(host[0]) || host.ContainsAny("<>_.") || host.ContainsAnyInRange('A', 'Z'))
        {
            return false;
        }

        // "key=item:5000" is not an address, "addr=item:5000" is.
        var before = _text[..start].TrimEnd(" \"'");
        if (before is [.., '='])
        {
            return EndsWithCue(before[..^1]);
        }

        return s_ports.Contains(port) || (port >= FirstUnprivilegedPort && (before is [.., '@'] || EndsWithCue(before)
            || (host.Contains('-') && host.ContainsAnyInRange('0', '9') && before is not [.., ':'])));
    }

    private static bool EndsWithCue(ReadOnlySpan<char> before) =>
        before.EndsWith("tcp", StringComparison.OrdinalIgnoreCase) || before.EndsWith("addr", StringComparison.OrdinalIgnoreCase)
        || before.EndsWith("address", StringComparison.OrdinalIgnoreCase) || before.EndsWith("peer", StringComparison.OrdinalIgnoreCase)
        || before.EndsWith("endpoint", StringComparison.OrdinalIgnoreCase) || before.EndsWith("url", StringComparison.OrdinalIgnoreCase)
        || before.EndsWith("target", StringComparison.OrdinalIgnoreCase) || before.EndsWith("broker", StringComparison.OrdinalIgnoreCase)
        || before.EndsWith("backend", StringComparison.OrdinalIgnoreCase) || before.EndsWith("upstream", StringComparison.OrdinalIgnoreCase)
        || before.EndsWith(" to", StringComparison.OrdinalIgnoreCase)
        || before.EndsWith("host", StringComparison.OrdinalIgnoreCase) || before.EndsWith("server", StringComparison.OrdinalIgnoreCase)
        || before.EndsWith("upstream:", StringComparison.OrdinalIgnoreCase)
        || before.EndsWith("connect", StringComparison.OrdinalIgnoreCase);
}
