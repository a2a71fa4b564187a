using System.Collections.Concurrent;

namespace FaultMaven.Data.Analysis.Statements;

/// <summary>The vocabulary of <c>problem-language.txt</c>, ready to be looked up by word.</summary>
internal sealed class ProblemLanguage
{
    private const int MaxRemembered = 20_000;

    private readonly Dictionary<string, List<Pattern>> _byWord = new(StringComparer.Ordinal);
    private readonly List<(string Beginning, Pattern Pattern)> _byBeginning = [];
    private readonly ConcurrentDictionary<string, Pattern[]> _remembered = new(StringComparer.Ordinal);

    private ProblemLanguage(IEnumerable<Pattern> patterns)
    {
        foreach (var pattern in patterns)
        {
            foreach (var word in pattern.AnchorWords)
            {
                if (word.EndsWith('*'))
                {
                    _byBeginning.Add((word[..^1], pattern));
                }
                else if (_byWord.TryGetValue(word, out var known))
                {
                    known.Add(pattern);
                }
                else
                {
                    _byWord.Add(word, [pattern]);
                }
            }
        }
    }

    public static ProblemLanguage Shared { get; } = new(Read(Vocabulary.Lines("problem-language.txt")));

    /// <summary>The patterns that a word may be the anchor of.</summary>
    public Pattern[] Find(string word)
    {
        if (_remembered.TryGetValue(word, out var known))
        {
            return known;
        }

        Pattern[] found =
        [
            .. _byWord.GetValueOrDefault(word) ?? [],
            .. _byBeginning.Where(entry => word.StartsWith(entry.Beginning, StringComparison.Ordinal)).Select(entry => entry.Pattern),
        ];

        // Words of hostile evidence never repeat.
        return _remembered.Count < MaxRemembered ? _remembered.GetOrAdd(word, found) : found;
    }

    private static IEnumerable<Pattern> Read(IEnumerable<string> lines)
    {
        StatementClass? current = null;
        foreach (var line in lines)
        {
            if (line is ['[', .. var name, ']'] && Enum.TryParse<StatementClass>(name, out var next))
            {
                current = next;
            }
            else
            {
                yield return Pattern.Parse(current ?? throw new FormatException($"'{line}' has no class above it."), line);
            }
        }
    }
}
