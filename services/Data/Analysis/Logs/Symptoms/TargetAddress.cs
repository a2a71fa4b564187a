using System.Buffers;

namespace FaultMaven.Data.Analysis.Logs.Symptoms;

/// <summary>Finds the address or the host that a message names.</summary>
internal static class TargetAddress
{
    private static readonly SearchValues<char> s_ends = SearchValues.Create(" \t\n,;\"'()[]{}|");

    private static readonly SearchValues<string> s_beforeHost =
        SearchValues.Create(["lookup ", "resolve ", "ENOTFOUND ", "EAI_AGAIN ", "UnknownHostException: "],
            StringComparison.OrdinalIgnoreCase);

    // https://pay.example.com/v1/charge | db-1.internal:5432 | 10.0.0.7:6379 | <IP_ADDRESS_3>:5432
    public static ReadOnlySpan<char> Find(ReadOnlySpan<char> message)
    {
        ReadOnlySpan<char> before = default;
        for (var rest = message; !rest.IsEmpty;)
        {
            var start = rest.IndexOfAnyExcept(s_ends);
            if (start < 0)
            {
                break;
            }

            rest = rest[start..];
            var end = rest.IndexOfAny(s_ends);
            var word = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[end..];

            // nginx: "…, client: 10.0.0.7, server: 0.0.0.0:443, upstream: …". Neither who asked nor the listener is what failed.
            if (before is not ("client:" or "client" or "server:") && AddressIn(word) is { Length: > 0 } found)
            {
                return found;
            }

            before = word;
        }

        return default;
    }

    private static ReadOnlySpan<char> AddressIn(ReadOnlySpan<char> word)
    {
        var scheme = word.IndexOf("://", StringComparison.Ordinal);
        if (scheme > 0)
        {
            var host = word[(scheme + 3)..];
            var slash = host.IndexOfAny('/', '?');
            return (slash < 0 ? host : host[..slash]).TrimEnd(":.");
        }

        word = word.TrimEnd(":.");
        if (word.Length > 4 && word[0] == '<' && word.Contains('_') && word.Contains('>'))
        {
            return word;
        }

        var colon = word.LastIndexOf(':');
        var isPort = colon > 1 && colon < word.Length - 1 && word.Length - colon <= 6
            && !word[(colon + 1)..].ContainsAnyExceptInRange('0', '9');
        return isPort && !word[..colon].ContainsAny("/:\\") && word[..colon].ContainsAnyInRange('a', 'z') | word[..colon].Count('.') == 3
            && !word[..colon].EndsWith(".java", StringComparison.Ordinal) && !word[..colon].EndsWith(".go", StringComparison.Ordinal)
            && !word[..colon].EndsWith(".js", StringComparison.Ordinal) && !word[..colon].EndsWith(".py", StringComparison.Ordinal)
            ? word.TrimStart("=@/")
            : default;
    }

    // lookup db-1.internal on 10.0.0.10:53: no such host | getaddrinfo ENOTFOUND db-1.internal
    public static ReadOnlySpan<char> NotFound(ReadOnlySpan<char> message)
    {
        var at = message.IndexOfAny(s_beforeHost);
        if (at < 0)
        {
            return default;
        }

        var rest = message[at..];
        rest = rest[(rest.IndexOf(' ') + 1)..].TrimStart(" '\"");
        // Could not resolve host: orders
        var blank = rest.IndexOf(' ');
        if (blank > 0 && rest[..blank].TrimEnd(':') is "host" or "hostname" or "address" or "name")
        {
            rest = rest[(blank + 1)..].TrimStart(" '\"");
        }

        var end = rest.IndexOfAny(s_ends);
        return (end < 0 ? rest : rest[..end]).TrimEnd(":.");
    }
}
