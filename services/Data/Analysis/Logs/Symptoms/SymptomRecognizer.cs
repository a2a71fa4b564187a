using System.Buffers;

namespace FaultMaven.Data.Analysis.Logs.Symptoms;

/// <summary>Recognises which kind of symptom a message reports.</summary>
internal static class SymptomRecognizer
{
    private static readonly string[] s_tablePhrases = ["relation \"", "column \"", "table '"];

    private static readonly string[] s_schemaPhrases = ["migrat", "schema"];

    private static readonly SearchValues<string> s_any =
        SearchValues.Create([.. SymptomKind.All.SelectMany(kind => kind.Phrases)], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> s_disagrees =
        SearchValues.Create(["does not exist", "doesn't exist", "already exists"], StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> s_table = SearchValues.Create(s_tablePhrases, StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> s_schema = SearchValues.Create(s_schemaPhrases, StringComparison.OrdinalIgnoreCase);

    private static readonly SearchValues<string> s_survived =
        SearchValues.Create(["panic serving", "panic recovered", "recovered from panic", "recovered panic"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly SymptomKind s_migrationFailed = SymptomKind.All.First(kind => kind.Kind == "log.migration_failed");

    private static readonly SymptomKind s_dnsFailure = SymptomKind.All.First(kind => kind.Kind == "log.dns_failure");

    private static readonly SearchValues<string> s_credentials =
        SearchValues.Create(["jwt", "token", "signature", "credential", "certificate", "assertion"], StringComparison.OrdinalIgnoreCase);

    /// <summary>What gives trouble away besides the phrases of its kinds.</summary>
    public static IEnumerable<string> Phrases => [.. s_tablePhrases, .. s_schemaPhrases, "lookup "];

    /// <summary>The kind of symptom; null if the message reports no known one.</summary>
    public static SymptomKind? Recognize(ReadOnlySpan<char> message)
    {
        if (DisagreesWithSchema(message))
        {
            return s_migrationFailed;
        }

        if (IsFailedLookup(message))
        {
            return s_dnsFailure;
        }

        if (!message.ContainsAny(s_any))
        {
            return null;
        }

        foreach (var kind in SymptomKind.All)
        {
            if (message.IndexOfAny(kind.Search) is var at and >= 0 && !NegationRules.IsDenied(message, at, 1)
                && !IsHarmless(kind, message, message[at..]))
            {
                return kind;
            }
        }

        return null;
    }

    // ERROR: column "total" of relation "orders" already exists | 0047_add_total.sql failed | schema version 46 is dirty
    private static bool DisagreesWithSchema(ReadOnlySpan<char> message)
    {
        if (message.IndexOfAny(s_table) is var table and >= 0
            && message[table..].ContainsAny(s_disagrees) && !message[table..].Contains("skipping", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        return message.IndexOfAny(s_schema) is var schema and >= 0
            && (message[schema..].Contains("is dirty", StringComparison.OrdinalIgnoreCase)
                || message[schema..].Contains(".sql failed", StringComparison.OrdinalIgnoreCase));
    }

    // lookup db on 10.96.0.10:53: server misbehaving | dial tcp: lookup db: i/o timeout
    private static bool IsFailedLookup(ReadOnlySpan<char> message)
    {
        var lookup = message.IndexOf("lookup ", StringComparison.Ordinal);
        if (lookup < 0)
        {
            return false;
        }

        var server = message[lookup..].IndexOf(" on ", StringComparison.Ordinal);
        return (server > 0 && message[(lookup + server)..].Contains(":53: ", StringComparison.Ordinal))
            || message[..lookup].EndsWith("dial tcp: ", StringComparison.Ordinal)
                || message[..lookup].EndsWith("dial udp: ", StringComparison.Ordinal);
    }

    private static bool IsHarmless(SymptomKind kind, ReadOnlySpan<char> message, ReadOnlySpan<char> found) => kind.Kind switch
    {
        "log.crash" => (found.StartsWith("exit", StringComparison.OrdinalIgnoreCase) && EndsWithZero(found))
            || message.ContainsAny(s_survived),
        // What a record lacks is not a setting; Rust ends a panic with "run with `RUST_BACKTRACE=1` environment variable to display a
        // backtrace".
        "log.config_invalid" => found.StartsWith("environment variable to display a backtrace", StringComparison.Ordinal)
            || found.StartsWith("missing required field", StringComparison.OrdinalIgnoreCase)
            || found.StartsWith("missing required column", StringComparison.OrdinalIgnoreCase),
        // (*jwt.ValidationError): what was checked is a token, not a record.
        "log.data_invalid" => found.StartsWith("ValidationError", StringComparison.OrdinalIgnoreCase) && message.ContainsAny(s_credentials),
        "log.upstream_error" => found.StartsWith("circuit", StringComparison.OrdinalIgnoreCase) && NegationRules.SaysRecovered(found),
        "log.timeout" =>
            found.StartsWith("timeout:", StringComparison.OrdinalIgnoreCase) && found[8..].TrimStart().IndexOfAnyInRange('0', '9') == 0,
        _ => false,
    };

    // "exited with code 0", "exit status 0"
    private static bool EndsWithZero(ReadOnlySpan<char> found)
    {
        var digit = found.IndexOfAnyInRange('0', '9');
        return digit > 0 && digit < 30 && found[digit] == '0' && (digit + 1 == found.Length || !char.IsAsciiDigit(found[digit + 1]));
    }
}
