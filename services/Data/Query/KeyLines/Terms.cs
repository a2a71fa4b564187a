using System.Text.RegularExpressions;

namespace FaultMaven.Data.Query.KeyLines;

/// <summary>Takes texts apart into names (of hosts, jobs, files, codes, addresses) and ordinary words.</summary>
internal static partial class Terms
{
    private const int MinWordLength = 3;
    private const int MaxNameLength = 80;

    private static readonly HashSet<string> s_common = new(StringComparer.Ordinal)
    {
        "the", "and", "for", "with", "from", "that", "this", "has", "have", "had", "was", "were", "are", "not", "but", "you", "our", "its",
        "why", "what", "when", "which", "who", "where", "how", "does", "did", "can", "could", "will", "would", "all", "any", "some",
        "since", "about", "after", "before", "into", "than", "then", "they", "them", "there", "been", "being", "only", "also", "just",
        "still", "out", "one", "two", "every", "now", "today", "info", "true", "null", "none",
    };

    /// <summary>The names in a text, in lower case, and their parts: <c>api:4.18.0</c> gives <c>api:4.18.0</c> and <c>4.18.0</c>.</summary>
    public static HashSet<string> NamesOf(string text)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match match in Name().Matches(text))
        {
            var name = match.Value.Trim('.', ':', '-', '/', '_', '@', '=', ',').ToLowerInvariant();
            Add(name, names);
            foreach (var part in name.Split(['/', ':', '=', '@', ',', '?', '&'], StringSplitOptions.RemoveEmptyEntries))
            {
                Add(part.Trim('.', '-', '_'), names);
            }
        }

        return names;
    }

    /// <summary>The ordinary words of a text, as stems in lower case.</summary>
    public static HashSet<string> WordsOf(string text)
    {
        var words = new HashSet<string>(StringComparer.Ordinal);
        foreach (Match match in Word().Matches(text))
        {
            var word = match.Value.ToLowerInvariant();
            if (word.Length >= MinWordLength && !s_common.Contains(word))
            {
                words.Add(Stem(word));
            }
        }

        return words;
    }

    private static void Add(string name, HashSet<string> names)
    {
        if (name.Length is >= 3 and <= MaxNameLength && IsName(name) && !Moment().IsMatch(name))
        {
            names.Add(name);
        }
    }

    // A name has a figure or a joint in it; a bare number needs four digits.
    private static bool IsName(string text)
    {
        var (digits, letters, joints) = (0, 0, 0);
        foreach (var each in text)
        {
            if (char.IsAsciiDigit(each))
            {
                digits++;
            }
            else if (char.IsLetter(each))
            {
                letters++;
            }
            else
            {
                joints++;
            }
        }

        return letters == 0 ? digits >= 4 : digits > 0 || joints > 0;
    }

    private static string Stem(string word) => word switch
    {
        [.. var stem, 'i', 'e', 's'] when stem.Length > 2 => stem + "y",
        [.. var stem, 'i', 'n', 'g'] when stem.Length > 3 => stem,
        [.. var stem, 'e', 'd'] when stem.Length > 3 => stem,
        [.. var stem, 'e', 's'] when stem.Length > 3 => stem,
        [.. var stem, 's'] when stem.Length > 2 && stem[^1] != 's' => stem,
        [.. var stem, 'e'] when stem.Length > 3 => stem,
        _ => word,
    };

    [GeneratedRegex(@"[\p{L}0-9_<][\p{L}0-9_./:@=\\>-]{2,}")]
    private static partial Regex Name();

    [GeneratedRegex(@"\p{L}+")]
    private static partial Regex Word();

    // Dates, times of day, durations, sizes.
    [GeneratedRegex(
        @"^\d{4}[-/.]\d{2}[-/.]\d{2}|^\d{1,2}[-/]\w{3}[-/]\d{4}|^\d{1,2}:\d{2}|^t\d\d:|^\d{10,}$"
        + @"|^[\d.]+(ms|s|m|h|d|gb|mb|kb|gi|mi|ki|g|k|t|%)?$(?<!^\d{4,})")]
    private static partial Regex Moment();
}
