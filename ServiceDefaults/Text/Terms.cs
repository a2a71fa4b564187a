using System.Buffers;
using System.Collections.Frozen;

namespace FaultMaven.ServiceDefaults.Text;

/// <summary>
/// Reads text as the terms it is indexed and sought by. Identifiers are split, so that <c>KubePodCrashLooping</c>,
/// <c>pod_crash-looping</c> and "pods are crash looping" meet.
/// </summary>
public static class Terms
{
    /// <summary>Longer words (encoded blobs, hashes) are cut here.</summary>
    private const int MaxLength = 48;

    private static readonly SearchValues<char> s_placeholderCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    // Words that join others and say nothing by themselves. Negations and directions stay: "not ready" and "scaled down" are matters.
    private static readonly FrozenSet<string> s_joining = FrozenSet.Create(
        StringComparer.Ordinal,
        "a", "about", "an", "and", "any", "are", "as", "at", "be", "been", "being", "but", "by", "can", "could", "did", "do", "does", "for",
        "from", "had", "has", "have", "how", "if", "in", "into", "is", "it", "its", "may", "might", "more", "most", "my", "of", "on",
        "only",
        "or", "other", "our", "out", "over", "own", "should", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there",
        "these", "they", "this", "those", "through", "to", "too", "under", "until", "up", "very", "was", "we", "were", "what", "when",
        "where", "which", "while", "who", "why", "will", "with", "would", "you", "your");

    /// <summary>The terms of a text in its order.</summary>
    public static List<string> Read(ReadOnlySpan<char> text)
    {
        var terms = new List<string>(text.Length / 6);
        var i = 0;
        while (i < text.Length)
        {
            if (text[i] == '<' && PlaceholderLength(text[i..]) is var placeholder and > 0)
            {
                terms.Add(PlaceholderTerm(text.Slice(i, placeholder)));
                i += placeholder;
            }
            else if (!char.IsLetterOrDigit(text[i]))
            {
                i++;
            }
            else
            {
                var length = PartLength(text[i..]);
                Add(terms, text.Slice(i, length));
                i += length;
            }
        }

        return terms;
    }

    /// <summary>The terms of a text as the index stores them.</summary>
    public static string Index(ReadOnlySpan<char> text) => string.Join(' ', Read(text));

    private static void Add(List<string> terms, ReadOnlySpan<char> part)
    {
        if (part.Length == 1 && char.IsAsciiLetter(part[0]))
        {
            return;
        }

        // The plural of an acronym, such as VMs, is too short for the stemmer to recognise.
        if (part.Length > 2 && part[^1] == 's' && char.IsUpper(part[^2]))
        {
            part = part[..^1];
        }

        Span<char> buffer = stackalloc char[MaxLength];
        var length = part[..Math.Min(part.Length, MaxLength)].ToLowerInvariant(buffer);
        var word = buffer[..length];
        if (!s_joining.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word))
        {
            terms.Add(word[..Stemmer.Stem(word)].ToString());
        }
    }

    /// <summary>
    /// The length of the first part of an identifier: <c>HTTP|Server</c>, <c>Disk|Full</c>, <c>VMs</c>. Digits stay with the letters
    /// before them (<c>ipv6</c>, <c>s3</c>, <c>15m</c>). Scripts without blanks between words count each character.
    /// </summary>
    private static int PartLength(ReadOnlySpan<char> text)
    {
        if (IsIdeographic(text[0]))
        {
            return 1;
        }

        var i = 1;
        while (i < text.Length && char.IsLetterOrDigit(text[i]) && !IsIdeographic(text[i]))
        {
            if (char.IsUpper(text[i]) && !char.IsUpper(text[i - 1]))
            {
                break;
            }

            // The last capital of a run begins the next word, unless a plural s is all that follows.
            if (char.IsLower(text[i]) && char.IsUpper(text[i - 1]) && i >= 2 && char.IsUpper(text[i - 2]))
            {
                var plural = text[i] == 's' && (i + 1 == text.Length || !char.IsLower(text[i + 1]));
                return plural ? i + 1 : i - 1;
            }

            i++;
        }

        return i;
    }

    /// <summary>The length of a placeholder of Redaction, such as <c>&lt;EMAIL_ADDRESS_1&gt;</c>, at the start; else 0.</summary>
    private static int PlaceholderLength(ReadOnlySpan<char> text)
    {
        const int longest = 64;
        var end = text[..Math.Min(text.Length, longest)].IndexOf('>');
        if (end < 4)
        {
            return 0;
        }

        var name = text[1..end];
        var number = name.LastIndexOf('_');
        return number > 0
            && number < name.Length - 1
            && !name[(number + 1)..].ContainsAnyExceptInRange('0', '9')
            && !name[..number].ContainsAnyExcept(s_placeholderCharacters)
                ? end + 1
                : 0;
    }

    // One value has one placeholder, so it is one term: a redacted host name still finds its runbook.
    private static string PlaceholderTerm(ReadOnlySpan<char> placeholder) =>
        string.Concat(placeholder[1..^1].ToString().ToLowerInvariant().Split('_'));

    private static bool IsIdeographic(char c) =>
        c is (>= '\u3040' and <= '\u30ff') or (>= '\u3400' and <= '\u9fff') or (>= '\uac00' and <= '\ud7af');
}
