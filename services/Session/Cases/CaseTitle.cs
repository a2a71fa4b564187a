using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace FaultMaven.Sessions.Cases;

/// <summary>Titles for cases that were given none, taken from what was said in them.</summary>
internal static partial class CaseTitle
{
    private const int MinWords = 3;
    private const int MaxWords = 12;

    // Words that say nothing of what a case is about.
    private static readonly FrozenSet<string> s_empty = new[]
    {
        "a", "an", "and", "assistance", "bug", "case", "chat", "conversation", "debug", "discussion", "error",
        "failure", "for", "hello", "help", "hey", "hi", "incident", "investigation", "issue", "me", "my", "need", "new",
        "of", "please", "problem", "question", "session", "support", "test", "thanks", "the", "ticket", "title",
        "troubleshooting", "untitled", "with",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>True if a title says what its case is about.</summary>
    public static bool IsTelling(string title) => Words(title).Any(word => !s_empty.Contains(word));

    /// <summary>
    /// A title of 3 to 12 words from the first text that gives one: its first sentence without addresses, paths and what was redacted.
    /// Null if none does.
    /// </summary>
    /// <param name="texts">Redacted texts, the best first.</param>
    public static string? From(IEnumerable<string> texts) => texts.Select(From).FirstOrDefault(title => title is not null);

    private static string? From(string text)
    {
        var sentence = Sentence().Match(Withheld().Replace(text, " ")).Value;
        var words = sentence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MaxWords).ToList();
        var title = string.Join(' ', words).Trim(' ', ',', ';', ':', '-', '(', '"', '.');

        return words.Count >= MinWords && Words(title).Count(word => !s_empty.Contains(word)) >= MinWords - 1
            ? char.ToUpperInvariant(title[0]) + title[1..]
            : null;
    }

    private static IEnumerable<string> Words(string text) => Word().Matches(text).Select(match => match.Value);

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}_.'-]*")]
    private static partial Regex Word();

    // Up to the end of the sentence; a dot inside a name or a number does not end it.
    [GeneratedRegex(@"\A\s*(?:[^.!?\r\n]|[.!?](?=\S))+")]
    private static partial Regex Sentence();

    // Placeholders, URLs, e-mail and network addresses, paths, and long numbers such as those of telephones; with the word before them
    // that means nothing without them.
    [GeneratedRegex(@"(?:\b(?i:at|by|from|in|of|on|see|to|via)\s+)?(?:<[A-Z_]+_\d+>"
        + @"|\b[a-z][a-z0-9+.-]*://\S+|\S+@\S+\.\S+|\b\d{1,3}(?:\.\d{1,3}){3}(?::\d+)?\b"
        + @"|(?<![\w:])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\w:])|(?<!\S)[/\\]\S+|(?<!\w)[A-Za-z]:\\\S+|\+?\d[\d ()-]{7,}\d)",
        RegexOptions.CultureInvariant)]
    private static partial Regex Withheld();
}
