using System.Text.RegularExpressions;

namespace FaultMaven.Agents.Facts;

/// <summary>Finds what texts name.</summary>
internal static partial class NameReader
{
    private static readonly HashSet<string> s_generic = new(StringComparer.Ordinal)
    {
        "log", "logs", "txt", "json", "yaml", "yml", "csv", "file", "the", "and", "for", "with", "from", "that", "this", "are", "was",
        "were", "has", "have", "had", "not", "but", "all", "any", "out", "our", "its", "what", "why",
        "when", "where", "which", "who", "how", "did", "does", "can", "could", "should", "would", "since", "about", "after", "before",
        "into", "over", "under", "again", "now", "then", "there", "they", "them", "some", "most",
        "more", "less", "than", "too", "very", "just", "still", "service", "services", "server", "servers", "app", "application", "system",
        "pod", "pods", "node", "nodes", "error", "errors", "fail", "fails", "failed",
        "failing", "failure", "alert", "issue", "problem", "wrong", "broken", "cause", "root", "happened", "happening", "going", "morning",
        "night", "today", "yesterday", "utc", "please", "help", "users", "customers", "metric",
        "container", "deployment", "namespace", "host", "info", "warn", "warning", "http", "https", "status", "code", "level", "message",
        "time", "times", "minutes", "hours", "seconds", "production", "prod", "cluster", "been", "see",
        "seeing", "get", "getting", "every", "each", "one", "two", "few", "many", "stopped", "started", "start", "stop", "look", "find",
        "tell", "need", "fix", "responsible", "line", "lines", "new", "old", "high", "low",
    };

    /// <summary>What signals name: their subjects, objects, peers, services and files, each with the words it is made of.</summary>
    public static IReadOnlySet<string> Of(IEnumerable<Data.Signal> signals)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var signal in signals)
        {
            Add(names, signal.Subject[(signal.Subject.IndexOf('/', StringComparison.Ordinal) + 1)..]);
            foreach (var (name, value) in signal.Attributes)
            {
                if (name is "object" or "speaker" or "peer" or "service" or "target" or "host" or "instance" or "workload" or "container"
                    or "queue" or "database" or "table" or "path" or "pool" or "process" or "names" or "volume" or "file" or "context")
                {
                    Add(names, value);
                }
            }

            foreach (var citation in signal.Citations)
            {
                Add(names, Path.GetFileNameWithoutExtension(citation.FileName));
            }
        }

        return names;
    }

    /// <summary>What a question names, and the words of it that may be names.</summary>
    public static IReadOnlySet<string> Of(string question)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        Add(names, question);
        return names;
    }

    /// <summary>An object without what differs from time to time: figures and ids.</summary>
    public static string Normalize(string text) => Varying().Replace(text.ToLowerInvariant(), "#").Trim();

    private static void Add(HashSet<string> names, string text)
    {
        foreach (var match in Name().EnumerateMatches(text))
        {
            var name = text.AsSpan(match.Index, match.Length).Trim(".-_:/").ToString().ToLowerInvariant();
            if (name.Length < 3 || s_generic.Contains(name))
            {
                continue;
            }

            names.Add(name);
            if (Workload(name) is { Length: > 0 } workload)
            {
                names.Add(workload);
            }

            foreach (var part in name.Split(['-', '_', '.', '/', ':', '@'], StringSplitOptions.RemoveEmptyEntries))
            {
                if (part.Length >= 4 && !s_generic.Contains(part) && !part.All(char.IsAsciiHexDigit))
                {
                    names.Add(part);
                }
            }
        }
    }

    // web-api-6f9c-x2 and web-api-0 are of web-api.
    private static string Workload(string name)
    {
        var digit = name.AsSpan().IndexOfAnyInRange('0', '9');
        var dash = digit < 0 || name.AsSpan().ContainsAny(".:/@") ? -1 : name.LastIndexOf('-', digit);
        return dash > 0 && name.AsSpan(0, dash).Contains('-') ? name[..dash] : "";
    }

    [GeneratedRegex(@"[A-Za-z][A-Za-z0-9_.:/@-]*|\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?")]
    private static partial Regex Name();

    [GeneratedRegex(@"\d+|[0-9a-f]{8,}")]
    private static partial Regex Varying();
}
