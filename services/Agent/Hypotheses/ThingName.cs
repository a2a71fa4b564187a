using System.Buffers;
using System.Text.RegularExpressions;

namespace FaultMaven.Agents.Hypotheses;

/// <summary>
/// What a statement is about, as a sentence can name it. The words before a predicate often bring a preposition, a figure or a state with
/// them ("Table 81%", "eth0 from FULL"); these are cut off, and what then names nothing is left out.
/// </summary>
/// <param name="Text">The name, with an article where it is a common noun.</param>
/// <param name="IsPlural">True if it takes a verb in the plural.</param>
internal sealed partial record ThingName(string Text, bool IsPlural)
{
    private const int MaxWords = 5;

    private static readonly SearchValues<char> s_code = SearchValues.Create("={}[]|\"`\\");

    private static readonly HashSet<string> s_function = new(StringComparer.OrdinalIgnoreCase)
    {
        "a", "an", "the", "this", "that", "these", "those", "of", "to", "from", "on", "in", "at", "for", "with", "by", "and", "or", "but",
        "is", "was", "are", "were", "be", "been", "being", "has", "have", "had", "not", "no", "any", "all", "its", "it", "as", "into",
        "than", "then", "via", "per", "will", "would", "could", "can", "cannot", "did", "does", "do", "get", "got", "failed", "says",
        "there", "if", "when", "while", "because", "so", "only", "still", "after", "before", "since", "up", "down", "full", "ok",
    };

    private static readonly HashSet<string> s_vague = new(StringComparer.OrdinalIgnoreCase)
    {
        "problem", "problems", "error", "errors", "failure", "failures", "issue", "issues", "warning", "warnings", "thing", "things",
        "something", "value", "values", "message", "messages", "reason", "status", "state", "result", "results", "attempt", "attempts",
    };

    // A single word in s is a plural only if it is known as one: postgres, kubernetes and redis are not.
    private static readonly HashSet<string> s_plurals = new(StringComparer.OrdinalIgnoreCase)
    {
        "addresses", "brokers", "bytes", "certificates", "columns", "connections", "credentials", "descriptors", "disks", "endpoints",
        "files", "headers", "hosts", "inodes", "jobs", "keys", "locks", "members", "nodes", "packets", "partitions", "permissions", "pods",
        "ports", "records", "replicas", "requests", "routes", "rows", "servers", "sessions", "slots", "tables", "threads", "tokens",
        "volumes", "workers",
    };

    // A single word without an article is the name of a program, unless it is one of these.
    private static readonly HashSet<string> s_nouns = new(StringComparer.Ordinal)
    {
        "account", "address", "battery", "cache", "certificate", "client", "clock", "cluster", "config", "connection", "database",
        "device", "directory", "disk", "fan", "file", "gateway", "host", "image", "index", "job", "key", "leader", "lease", "license",
        "link", "lock", "memory", "network", "node", "partition", "password", "path", "peer", "pool", "port", "process", "queue", "quota",
        "replica", "request", "route", "schema", "secret", "server", "session", "setting", "table", "token", "tunnel", "user", "volume",
    };

    /// <summary>The name in the words of the evidence; null if they name nothing.</summary>
    public static ThingName? Of(string words)
    {
        var tokens = words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .Select(token => token.Trim('"', '\'', ',', ';', '(', ')', '!', '?').TrimEnd('.', ':'))
            .Where(token => token.Length > 0)
            .ToList();
        while (tokens.Count > 0 && (s_function.Contains(tokens[^1]) || (tokens.Count > 1 && Amount().IsMatch(tokens[^1]))))
        {
            tokens.RemoveAt(tokens.Count - 1);
        }

        while (tokens.Count > 0 && (s_function.Contains(tokens[0]) || (tokens.Count > 1 && Amount().IsMatch(tokens[0]))))
        {
            tokens.RemoveAt(0);
        }

        return tokens.Count is 0 or > MaxWords
            || tokens.Exists(token => token.AsSpan().ContainsAny(s_code) || token[0] is '%' or '*' or '@' or '#' or '&')
            || !tokens.Exists(token => token.Any(char.IsLetterOrDigit))
            || (tokens.Count == 1 && (s_vague.Contains(tokens[0]) || tokens[0].Length < 2))
            ? null
            : Named(tokens);
    }

    /// <summary>A kind of thing, such as <c>certificate</c>.</summary>
    public static ThingName OfKind(string kind) => Named([.. kind.Split(' ')]);

    /// <summary>Fills a sentence of the catalogue in, and makes its verb agree.</summary>
    public static string Fill(string text, string place, ThingName? name, string otherwise)
    {
        var sentence = name is not { IsPlural: true } ? text : Verb().Replace(text, match => match.Groups["place"].Value != place
            ? match.Value
            : $"{{{place}}} {Plural(match.Groups["verb"].Value)}");

        return sentence.Replace($"{{{place}}}", name?.Text ?? otherwise, StringComparison.Ordinal);
    }

    private static ThingName Named(List<string> tokens)
    {
        // "System clock" and "Link" are common nouns at the beginning of a sentence, "Redis" is a name.
        if (Capitalised().IsMatch(tokens[0]) && (tokens.Count > 1 ? tokens.Skip(1).All(token => Common().IsMatch(token))
            : s_nouns.Contains(tokens[0].ToLowerInvariant())))
        {
            tokens[0] = tokens[0].ToLowerInvariant();
        }

        var last = tokens[^1];
        var isCommon = tokens.TrueForAll(token => Common().IsMatch(token));
        var isPlural = isCommon && (s_plurals.Contains(last)
            || (tokens.Count > 1 && last is [.., not ('s' or 'u' or 'i'), 's'] && last.Length > 3));
        var text = string.Join(' ', tokens);

        var needsArticle = isCommon && !isPlural && (tokens.Count > 1 || s_nouns.Contains(last));

        return new(needsArticle ? $"the {text}" : text, isPlural);
    }

    private static string Plural(string verb) => verb switch
    {
        "is" => "are",
        "was" => "were",
        "has" => "have",
        "does" => "do",
        "crashes" => "crash",
        _ => verb[..^1],
    };

    [GeneratedRegex(@"^[\d.,:/]*\d[\d.,:/]*[%sx]?$")]
    private static partial Regex Amount();

    [GeneratedRegex("^[A-Z][a-z]+$")]
    private static partial Regex Capitalised();

    [GeneratedRegex("^[a-z]+(?:-[a-z]+)*$")]
    private static partial Regex Common();

    [GeneratedRegex(@"\{(?<place>thing|peer)\} (?<verb>is|was|has|does|crashes|fails|refuses|throttles|answers|runs)\b")]
    private static partial Regex Verb();
}
