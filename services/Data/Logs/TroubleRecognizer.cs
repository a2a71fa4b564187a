using System.Buffers;

namespace FaultMaven.Data.Logs;

/// <summary>Recognises what kind of trouble a message tells of.</summary>
internal static class TroubleRecognizer
{
    private static readonly SearchValues<string> s_any =
        SearchValues.Create([.. TroubleKind.All.SelectMany(kind => kind.Phrases)], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> s_disagrees = SearchValues.Create(["does not exist", "doesn't exist", "already exists"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> s_table = SearchValues.Create(["relation \"", "column \"", "table '"], StringComparison.OrdinalIgnoreCase);

    /// <summary>The kind of trouble; null if the message tells of none that is known.</summary>
    public static TroubleKind? Recognize(ReadOnlySpan<char> message)
    {
        if (message.IndexOfAny(s_table) is var table and >= 0
            && message[table..].ContainsAny(s_disagrees) && !message[table..].Contains("skipping", StringComparison.OrdinalIgnoreCase))
        {
            return TroubleKind.All.First(kind => kind.Kind == "log.migration_failed");
        }

        // "lookup db.internal on 10.0.0.10:53: i/o timeout": the name service did not answer, whatever the words for it.
        if (message.IndexOf("lookup ", StringComparison.OrdinalIgnoreCase) is var lookup and >= 0 && message[lookup..].Contains(":53: ", StringComparison.Ordinal))
        {
            return TroubleKind.All.First(kind => kind.Kind == "log.dns_failure");
        }

        if (!message.ContainsAny(s_any))
        {
            return null;
        }

        foreach (var kind in TroubleKind.All)
        {
            if (message.IndexOfAny(kind.Search) is var at and >= 0 && !Wording.IsDenied(message, at, 1) && !IsHarmless(kind, message[at..]))
            {
                return kind;
            }
        }

        return null;
    }

    private static bool IsHarmless(TroubleKind kind, ReadOnlySpan<char> found) => kind.Kind switch
    {
        "log.crash" => found.StartsWith("exit", StringComparison.OrdinalIgnoreCase) && EndsWithZero(found),
        "log.upstream_error" => found.StartsWith("circuit", StringComparison.OrdinalIgnoreCase) && Wording.SaysRecovered(found),
        "log.timeout" => found.StartsWith("timeout:", StringComparison.OrdinalIgnoreCase) && found[8..].TrimStart().IndexOfAnyInRange('0', '9') == 0,
        _ => false,
    };

    // "exited with code 0", "exit status 0"
    private static bool EndsWithZero(ReadOnlySpan<char> found)
    {
        var digit = found.IndexOfAnyInRange('0', '9');
        return digit > 0 && digit < 30 && found[digit] == '0' && (digit + 1 == found.Length || !char.IsAsciiDigit(found[digit + 1]));
    }
}
