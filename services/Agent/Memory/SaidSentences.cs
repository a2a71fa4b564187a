using System.Text.RegularExpressions;
using FaultMaven.Agents.Gate;
using FaultMaven.ServiceDefaults.Text;

namespace FaultMaven.Agents.Memory;

/// <summary>Finds what a message states. Its questions, and what it asks us to do, state nothing.</summary>
internal static partial class SaidSentences
{
    private const int MaxSentences = 20;
    private const int MinWords = 3;

    /// <summary>The statements of a text, in order, each at most <see cref="MemoryFold.MaxText"/> characters.</summary>
    public static IEnumerable<string> In(string text) => text
        .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .SelectMany(Sentences.Split)
        .Select(sentence => sentence.Trim())
        .Where(States)
        .Take(MaxSentences)
        .Select(sentence => RedactedText.Cut(sentence, MemoryFold.MaxText));

    private static bool States(string sentence) => !sentence.EndsWith('?')
        && !Asks().IsMatch(sentence)
        && Word().Count(sentence) >= MinWords;

    [GeneratedRegex(
        @"^\W*(and|so|but|or|please|now|then|,|\s)*\b(why|what|when|where|which|who|whose|how|is|are|was|were|does|do|did|has|have|had"
        + @"|can|could|should|would|will|show|list|tell|find|check|look|explain|investigate|analyse|analyze|summari[sz]e|help|give"
        + @"|compare)\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Asks();

    [GeneratedRegex(@"[\p{L}\d]{2,}")]
    private static partial Regex Word();
}
