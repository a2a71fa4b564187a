using System.Buffers;

namespace FaultMaven.Redaction.Recognition.Network;

/// <summary>
/// Names of machines: <c>db-3.shop.internal</c>, <c>api.shop.example.com</c>, <c>host=web-17</c>, <c>"hostname":"web-17"</c>. They are
/// topology, which is evidence, so this recogniser is optional and a policy has to ask for it.
/// </summary>
internal sealed class HostNames : Recognizer
{
    private const int MaxHost = 253;
    private const int MaxGap = 4;

    // Last labels of hosts in networks of one's own, and of the public domains that most machines are in.
    private static readonly string[] s_ends =
    [
        ".local", ".internal", ".svc", ".lan", ".corp", ".intranet", ".home", ".arpa", ".com", ".net", ".org", ".io", ".dev", ".app",
        ".cloud", ".co", ".ai", ".edu", ".gov",
        ".de", ".fr", ".uk", ".nl", ".ch", ".at", ".it", ".es", ".pl", ".se", ".eu", ".us", ".ca", ".au", ".jp", ".cn", ".in", ".br",
        ".ru", ".test", ".example", ".invalid",
    ];

    // Names after which one label is a machine.
    private static readonly string[] s_labels =
    [
        "host=", "hostname=", "host_name=", "host: ", "hostname: ", "\"host\":", "\"hostname\":", "\"host_name\":", "\"nodeName\":",
        "nodeName: ", "node_name=", "rhost=", "peer=",
    ];

    // Words of programs, packages and files that end like a host: java.io, System.Net, asp.net.
    private static readonly string[] s_code =
        ["java", "javax", "system", "microsoft", "asp", "node", "com", "org", "io", "net", "scala", "kotlin", "self", "this"];

    private static readonly SearchValues<char> s_host =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.");

    public override IReadOnlyList<Literal> Literals { get; } =
        [.. s_ends.Select(end => new Literal(end)),
            .. s_labels.Select(label => new Literal(label, label[0] == '"' ? LiteralStart.Anywhere : LiteralStart.AtBoundary))];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        if (literal < s_ends.Length)
        {
            MatchDomain(text, at, at + s_ends[literal].Length, findings);
        }
        else
        {
            MatchLabelled(text, at + Literals[literal].Text.Length, findings);
        }
    }

    private static void MatchDomain(ReadOnlySpan<char> text, int dot, int end, FindingList findings)
    {
        // The last label: neither a letter more nor another label follows, save the dot that ends a sentence or a full name.
        if (!Boundary.After(text, end)
            || (end + 1 < text.Length && text[end] is '.' or '-' && char.IsAsciiLetterOrDigit(text[end + 1]))
            || (end < text.Length && text[end] is '(' or '_'))
        {
            return;
        }

        var length = Alphabets.RunBefore(text, dot, s_host, MaxHost);
        var host = text.Slice(dot - length, length).TrimStart("-.");
        var start = dot - host.Length;
        if (host.IsEmpty || !char.IsAsciiLetterOrDigit(host[^1]) || host.Contains("..", StringComparison.Ordinal)
            || !Boundary.Before(text, start)
            || (start > 0 && text[start - 1] is '@' or '_' or '$' or '\\') || IsCode(host))
        {
            return;
        }

        findings.Add(FindingTypes.HostName, start, end, 0.6);
    }

    private static void MatchLabelled(ReadOnlySpan<char> text, int at, FindingList findings)
    {
        var start = at;
        while (start < text.Length && start - at < MaxGap && text[start] is ' ' or '"' or '\'')
        {
            start++;
        }

        var host = text.Slice(start, Alphabets.Run(text, start, s_host, MaxHost)).TrimEnd("-.");

        // An address is the other recogniser's, and "localhost" or "true" name no machine.
        if (host.Length >= 2 && host.ContainsAnyInRange('A', 'z')
            && host is not ("localhost" or "true" or "false" or "null" or "none" or "unknown"))
        {
            findings.Add(FindingTypes.HostName, start, start + host.Length, 0.6);
        }
    }

    private static bool IsCode(ReadOnlySpan<char> host)
    {
        var dot = host.IndexOf('.');
        var first = dot < 0 ? host : host[..dot];
        foreach (var word in s_code)
        {
            if (first.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
