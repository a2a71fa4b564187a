namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>What the program that writes a line has to do with an address in it.</summary>
internal enum PeerDirection
{
    /// <summary>It is the program's own, or neither calls the other.</summary>
    None,

    /// <summary>The program calls it.</summary>
    Called,

    /// <summary>It calls the program.</summary>
    Caller,

    /// <summary>It resolves names for the program.</summary>
    Resolver,
}

/// <summary>Finds the direction from the words around an address: <c>client:</c> is the caller, <c>upstream:</c> is called.</summary>
internal static class PeerDirections
{
    private static readonly System.Buffers.SearchValues<char> s_betweenWords = System.Buffers.SearchValues.Create(" \t\"'=:([,;|");

    private const int MaxBefore = 48;
    private const int MaxWords = 4;
    private const int FirstEphemeralPort = 32_768;

    public static PeerDirection Of(ReadOnlySpan<char> text, in AddressText address)
    {
        if (address.IsSelf)
        {
            return PeerDirection.None;
        }

        var after = text[address.End..];
        var before = text[Math.Max(0, address.Start - MaxBefore)..address.Start];
        if (after.StartsWith("->", StringComparison.Ordinal) || after.StartsWith(" -> ", StringComparison.Ordinal))
        {
            return PeerDirection.None;
        }

        // 10.0.0.5:41210->10.0.0.9:5432: the local end comes first. A port of the system's choice belongs to the one that called.
        if (before.TrimEnd() is [.., '-', '>'])
        {
            return PortOf(address.Port) >= FirstEphemeralPort && PortBefore(before) is > 0 and < FirstEphemeralPort
                ? PeerDirection.Caller : PeerDirection.Called;
        }

        return address.Port is "53" ? PeerDirection.Resolver
            : ByWords(before) ?? (PortOf(address.Port) >= FirstEphemeralPort ? PeerDirection.Caller : PeerDirection.Called);
    }

    // The last words before the address, back to the beginning of the clause. Null if they say nothing.
    private static PeerDirection? ByWords(ReadOnlySpan<char> before)
    {
        var isFrom = false;
        for (var count = 0; count < MaxWords && !before.IsEmpty; count++)
        {
            before = before.TrimEnd(" \t\"'=:([@<");
            if (before.IsEmpty || before[^1] is ',' or ';' or '.' or ')' or '|')
            {
                break;
            }

            var word = before[(before.LastIndexOfAny(s_betweenWords) + 1)..];
            before = before[..^word.Length];
            if (Is(word, "client") || Is(word, "clientip") || Is(word, "client_ip") || Is(word, "remote_addr") || Is(word, "caller")
                || Is(word, "src") || Is(word, "source") || Is(word, "forwarded_for") || Is(word, "requester"))
            {
                return PeerDirection.Caller;
            }

            if (Is(word, "listening") || Is(word, "listen") || Is(word, "listens") || Is(word, "bind") || Is(word, "binding")
                || Is(word, "bound") || Is(word, "serving") || Is(word, "started") || Is(word, "local") || Is(word, "localaddr")
                || Is(word, "advertise") || Is(word, "advertised"))
            {
                return PeerDirection.None;
            }

            // "connection from", but not "response from", "read from".
            if (isFrom && (Is(word, "connection") || Is(word, "connections") || Is(word, "accepted") || Is(word, "accept")
                || Is(word, "request") || Is(word, "requests") || Is(word, "login") || Is(word, "handshake") || Is(word, "query")))
            {
                return PeerDirection.Caller;
            }

            if (Is(word, "upstream") || Is(word, "to") || Is(word, "dial") || Is(word, "backend"))
            {
                return PeerDirection.Called;
            }

            isFrom = Is(word, "from") || (isFrom && (Is(word, "error") || Is(word, "received")));
        }

        return null;
    }

    private static bool Is(ReadOnlySpan<char> word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static int PortBefore(ReadOnlySpan<char> before)
    {
        var end = before.TrimEnd()[..^2].TrimEnd();
        return end.LastIndexOf(':') is var colon and >= 0 ? PortOf(end[(colon + 1)..]) : 0;
    }

    private static int PortOf(ReadOnlySpan<char> port) => int.TryParse(port, out var number) ? number : 0;
}
