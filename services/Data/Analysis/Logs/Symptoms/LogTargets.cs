using System.Buffers;

namespace FaultMaven.Data.Analysis.Logs.Symptoms;

/// <summary>Finds what a message is about: the peer of a failed call, the path of a failed write, the name of a pool.</summary>
internal static class LogTargets
{
    private const int MaxLength = 120;

    private static readonly SearchValues<char> s_ends = SearchValues.Create(" \t\n,;\"'()[]{}|");
    private static readonly SearchValues<char> s_nameCharacters = SearchValues.Create("-_.<0123456789");

    private static readonly SearchValues<string> s_before = SearchValues.Create(
        [" to ", " at ", " from ", "connecting to ", "connect to ", "host ", "resolve ", "lookup ", "dial tcp ", "upstream: ", "for user ",
            "user ", "server ", "service ", "database ", "pool ", "queue ", "topic ", "process ", "Killed process "],
        StringComparison.OrdinalIgnoreCase);

    /// <summary>What the message is about, at most 120 characters; empty if that is not clear.</summary>
    public static string Find(string kind, ReadOnlySpan<char> message)
    {
        var found = kind switch
        {
            "log.disk_full" => Path(message),
            "log.out_of_memory" or "log.crash" => Process(message),
            "log.config_invalid" => Quoted(message),
            "log.dns_failure" => TargetAddress.NotFound(message) is { Length: > 0 } host ? host : TargetAddress.Find(message),
            "log.data_invalid" when Record(message) is { Length: > 0 } record => record,
            "metric.saturated" => Quoted(message),
            "log.data_invalid" or "log.migration_failed" or "log.pool_exhausted" => Quoted(message) is { Length: > 0 } quoted ? quoted
                : Named(message),
            _ => TargetAddress.Find(message) is { Length: > 0 } address ? address : Named(message),
        };
        return found.Length is 0 or > MaxLength ? "" : found.ToString();
    }

    /// <summary>The status of a failed answer, <c>503</c> in <c>upstream returned 503</c>; empty if the message has none.</summary>
    public static ReadOnlySpan<char> Status(ReadOnlySpan<char> message)
    {
        for (var i = 0; i + 3 <= message.Length; i++)
        {
            var isWhole = (i == 0 || !(char.IsLetterOrDigit(message[i - 1]) || message[i - 1] is '.' or '-' or ':'))
                && (i + 3 == message.Length || !(char.IsLetterOrDigit(message[i + 3]) || message[i + 3] is '.' or '-'));
            if (isWhole && message[i] == '5' && message[i + 1] == '0' && char.IsAsciiDigit(message[i + 2]))
            {
                return message.Slice(i, 3);
            }
        }

        return default;
    }

    private static ReadOnlySpan<char> Path(ReadOnlySpan<char> message)
    {
        var start = message.IndexOf(" /", StringComparison.Ordinal);
        start = start < 0 ? message.IndexOfAny("'\"=") + 1 : start + 1;
        if (start <= 0 || start >= message.Length || message[start] != '/')
        {
            return default;
        }

        var end = message[start..].IndexOfAny(s_ends);
        return (end < 0 ? message[start..] : message.Slice(start, end)).TrimEnd(":.");
    }

    // Killed process 4121 (java)
    private static ReadOnlySpan<char> Process(ReadOnlySpan<char> message)
    {
        var killed = message.IndexOf("process ", StringComparison.OrdinalIgnoreCase);
        var open = killed < 0 ? -1 : message[killed..].IndexOf('(');
        var close = open < 0 ? -1 : message[(killed + open)..].IndexOf(')');
        return close > 1 ? message.Slice(killed + open + 1, close - 1) : default;
    }

    private static ReadOnlySpan<char> Quoted(ReadOnlySpan<char> message)
    {
        var open = message.IndexOfAny('"', '\'', '`');
        if (open < 0 || message[..open].EndsWith("type ", StringComparison.OrdinalIgnoreCase)
            || (open > 0 && char.IsAsciiLetter(message[open - 1])))
        {
            return default;
        }

        var close = message[(open + 1)..].IndexOf(message[open]);
        return close is > 0 and < 80 ? message.Slice(open + 1, close) : default;
    }

    // cannot process record at partition 6 offset 112644
    private static ReadOnlySpan<char> Record(ReadOnlySpan<char> message)
    {
        var offset = NumberAfter(message, "offset", 0);
        if (offset == 0)
        {
            return default;
        }

        var partition = message[..offset].LastIndexOf("partition", StringComparison.OrdinalIgnoreCase);
        var start = partition >= 0 && NumberAfter(message, "partition", partition) is > 0 and var end && end < offset
            && offset - partition < 60
            ? partition
            : message[..offset].LastIndexOf("offset", StringComparison.OrdinalIgnoreCase);
        return message[start..offset];
    }

    /// <summary>
    /// Where the number ends that follows <paramref name="word"/>: <c>offset 12</c>, <c>offset=12</c>, <c>offset: 12</c>; 0 if there is
    /// none.
    /// </summary>
    private static int NumberAfter(ReadOnlySpan<char> message, string word, int from)
    {
        var at = message[from..].IndexOf(word, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return 0;
        }

        at += from + word.Length;
        var digits = message[at..].IndexOfAnyExcept(" =:\"");
        var end = digits < 0 ? 0 : at + digits;
        while (end < message.Length && digits is > 0 and <= 3 && char.IsAsciiDigit(message[end]))
        {
            end++;
        }

        return digits is > 0 and <= 3 && end > at + digits ? end : 0;
    }

    // "… to payments failed": a name with a dash, a point or a digit, or any word in quotes.
    private static ReadOnlySpan<char> Named(ReadOnlySpan<char> message)
    {
        var at = message.IndexOfAny(s_before);
        while (at >= 0 && IsFrame(message, at))
        {
            at = message[(at + 1)..].IndexOfAny(s_before) is var next and >= 0 ? at + 1 + next : -1;
        }

        if (at < 0)
        {
            return default;
        }

        var rest = message[(at + 1)..];
        var space = rest.IndexOf(' ');
        rest = space < 0 ? default : rest[(space + 1)..].TrimStart(" '\"");
        var end = rest.IndexOfAny(s_ends);
        var word = (end < 0 ? rest : rest[..end]).TrimEnd(":.");
        return word.ContainsAny(s_nameCharacters) && !word.IsEmpty && !char.IsAsciiDigit(word[0]) ? word : default;
    }

    // "   at Shop.Wire.Send()" is a line of a trace, not a place.
    private static bool IsFrame(ReadOnlySpan<char> message, int at)
    {
        var line = message[(message[..at].LastIndexOf('\n') + 1)..];
        return line.TrimStart().StartsWith("at ", StringComparison.Ordinal) && char.IsWhiteSpace(line[0]);
    }
}
