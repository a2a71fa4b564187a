using System.Buffers;

namespace FaultMaven.Data.Analysis.Logs.Symptoms;

/// <summary>
/// Words one of which is in every phrase that says something of trouble or of its end. A message without any of them is plain; so is one
/// whose wording is that of a plain message, unless one of its values has such a word.
/// </summary>
internal static class TriggerWords
{
    // Words of phrases that plain messages have too.
    private static readonly string[] s_common =
    [
        "connection", "connections", "connect", "collection", "collecting", "messages", "server", "client", "clients", "request",
        "requests", "memory", "database", "number", "address", "value", "setting", "option",
        "property", "parameter", "configuration", "config", "service", "schema", "process", "user", "queue", "pool", "token", "host",
        "returned", "status", "code", "size", "with", "from", "after",
    ];

    public static IReadOnlyList<string> All { get; } =
        [.. SymptomKind.All.SelectMany(kind => kind.Phrases).Concat(SymptomRecognizer.Phrases).Concat(NegationRules.Phrases).Select(Word)
            .Distinct(StringComparer.OrdinalIgnoreCase)];

    public static SearchValues<string> Search { get; } = SearchValues.Create([.. All], StringComparison.OrdinalIgnoreCase);

    // The longest run of letters: messages are never cut inside one. "x509:" has none worth the name, and is one piece.
    private static string Word(string phrase) =>
        Longest(phrase, char.IsAsciiLetter, s_common) is { Length: >= 4 } rare ? rare
        : Longest(phrase, char.IsAsciiLetter, []) is { Length: >= 3 } letters ? letters
        : Longest(phrase, char.IsAsciiLetterOrDigit, []);

    private static string Longest(string phrase, Func<char, bool> belongs, string[] except)
    {
        var longest = "";
        for (var i = 0; i < phrase.Length; i++)
        {
            var end = i;
            while (end < phrase.Length && belongs(phrase[end]))
            {
                end++;
            }

            longest = end - i > longest.Length && !except.Contains(phrase[i..end], StringComparer.OrdinalIgnoreCase) ? phrase[i..end]
                : longest;
            i = Math.Max(i, end);
        }

        return longest;
    }
}
