using System.Buffers;
using System.Globalization;

namespace FaultMaven.Redaction.Screening.Instructions;

/// <summary>
/// Reads the words around a place of a text, in any script: of names in capitals (<c>ignoreAll</c>), file names and URLs too. Digits that
/// look like letters are read as those in a word that isn't known (<c>1gn0r3</c>).
/// </summary>
/// <remarks>
/// A line is read on its own unless the next one continues in small letters, and never more than a few hundred characters.
/// </remarks>
internal static class WordReader
{
    private const int Back = 200;
    private const int Ahead = 360;

    // Words without blanks between them are longer together.
    private const int MinGlued = 12;

    private const char FirstIdeograph = '\u3005';

    // U+00E0 to U+00FF without their accents.
    private const string Plain = "aaaaaaaceeeeiiiidnooooo/ouuuuypy";
    private const string Leet = "oizeasgtb";

    // Between two words that belong together.
    private static readonly SearchValues<char> s_joins = SearchValues.Create(" \t_+");

    /// <summary>Fills <paramref name="words"/> with the words around a place.</summary>
    /// <param name="text">The text.</param>
    /// <param name="at">The place.</param>
    /// <param name="from">No word before this place is read.</param>
    /// <param name="lexicon">The classes of words.</param>
    /// <param name="words">Where they go.</param>
    /// <returns>Where in the text they end.</returns>
    public static int Read(ReadOnlySpan<char> text, int at, int from, Lexicon lexicon, ref Words words)
    {
        Span<char> word = stackalloc char[Lexicon.MaxWord];
        var i = Math.Max(from, Start(text, at));
        var end = Math.Min(text.Length, at + Ahead);
        var startsClause = true;
        var startsSentence = true;
        while (i < end && words.Count < Words.Max)
        {
            var c = text[i];
            if (c >= FirstIdeograph && char.IsLetter(c))
            {
                var length = Ideographs(text[i..], lexicon, out var classes);
                words.Add(i, classes, startsClause, startsSentence);
                startsClause = startsSentence = false;
                i += length;
            }
            else if (char.IsLetterOrDigit(c))
            {
                var first = i;
                var length = Word(text, ref i, word);
                var classes = length < 0 ? [] : Classes(word[..length], lexicon);
                if (length >= MinGlued && classes.Length == 0)
                {
                    AddGlued(first, word[..length], lexicon, startsClause, startsSentence, ref words);
                }
                else
                {
                    words.Add(first, classes, startsClause, startsSentence);
                }

                startsClause = startsSentence = false;
            }
            else
            {
                if (c is '\n' or '\r' && !GoesOn(text, i))
                {
                    return i;
                }

                startsSentence |= EndsSentence(text, i);
                startsClause |= startsSentence || !s_joins.Contains(c);
                i += Separator(text[i..], ref startsClause);
            }
        }

        return i;
    }

    private static int[] Classes(Span<char> word, Lexicon lexicon)
    {
        var classes = lexicon.Find(word);
        if (classes.Length > 0 || word.IndexOfAnyInRange('0', '8') < 0 || word.IndexOfAnyInRange('a', 'z') < 0)
        {
            return classes;
        }

        foreach (ref var c in word)
        {
            c = c is >= '0' and <= '8' ? Leet[c - '0'] : c;
        }

        return lexicon.Find(word);
    }

    // "ignoreallpreviousinstructions": if known words make up all of it, they are what it says.
    private static void AddGlued(int place, scoped ReadOnlySpan<char> word, Lexicon lexicon, bool startsClause, bool startsSentence,
        ref Words words)
    {
        for (scoped var rest = word; !rest.IsEmpty;)
        {
            if (Longest(rest, lexicon, out var length).Length == 0)
            {
                words.Add(place, [], startsClause, startsSentence);
                return;
            }

            rest = rest[length..];
        }

        for (scoped var rest = word; !rest.IsEmpty && words.Count < Words.Max;)
        {
            words.Add(place, Longest(rest, lexicon, out var length), startsClause, startsSentence);
            startsClause = startsSentence = false;
            rest = rest[length..];
        }
    }

    // Not in the middle of a word.
    private static int Start(ReadOnlySpan<char> text, int at)
    {
        var start = at;
        while (start > 0 && at - start < Back && !(text[start - 1] is '\n' or '\r' && !GoesOn(text, start - 1)))
        {
            start--;
        }

        while (start > 0 && start < at && char.IsLetterOrDigit(text[start - 1]))
        {
            start++;
        }

        return start;
    }

    private static bool GoesOn(ReadOnlySpan<char> text, int lineBreak)
    {
        var i = lineBreak;
        var breaks = 0;
        while (i < text.Length && i - lineBreak < 16 && (char.IsWhiteSpace(text[i]) || text[i] is '#' or '*' or '>' or '/' or '|'))
        {
            breaks += text[i++] == '\n' ? 1 : 0;
        }

        return breaks < 2 && i < text.Length && char.IsLower(text[i]);
    }

    private static bool EndsSentence(ReadOnlySpan<char> text, int at) => text[at] switch
    {
        // "prev. instructions"
        '.' => Next(text, at + 1) is var next && !char.IsLower(next) && next != '\0',
        '!' or '?' => at + 1 == text.Length || !char.IsLetterOrDigit(text[at + 1]),
        '。' or '！' or '？' => true,
        _ => false,
    };

    // What follows a blank; none without one.
    private static char Next(ReadOnlySpan<char> text, int at)
    {
        var rest = text[Math.Min(text.Length, at)..];
        var trimmed = rest[..Math.Min(rest.Length, 8)].TrimStart("\"')<!.\\");
        return rest.Length == 0 ? '\n' : trimmed.Length == 0 || !char.IsWhiteSpace(trimmed[0]) ? '\0'
            : trimmed.TrimStart() is [var next, ..] ? next : '\n';
    }

    // "%20", "\n" and "&nbsp;" part words as a blank does, and their characters are not a word.
    private static int Separator(ReadOnlySpan<char> text, ref bool startsClause)
    {
        if (text[0] == '%' && text.Length > 2 && char.IsAsciiHexDigit(text[1]) && char.IsAsciiHexDigit(text[2]))
        {
            startsClause |= text[1] != '2' || text[2] != '0';
            return 3;
        }

        return text switch
        {
            ['\\', 'n' or 'r' or 't', ..] => 2,
            ['&', 'n', 'b', 's', 'p', ';', ..] => 6,
            _ => 1,
        };
    }

    // Its letters small and plain; −1 if it is longer than any word that is known.
    private static int Word(ReadOnlySpan<char> text, ref int i, Span<char> word)
    {
        var count = 0;
        var from = i;
        while (i < text.Length)
        {
            var c = text[i];
            if (c is '\'' or '’' && i > from && i + 1 < text.Length && char.IsLetter(text[i + 1]))
            {
                // "don't" is a word; "l'IA" is two.
                if (i - from <= 2 && text[i - 1] is not ('I' or 'u' or 'e'))
                {
                    break;
                }

                i++;
                continue;
            }

            if (!char.IsLetterOrDigit(c) || (c >= FirstIdeograph && char.IsLetter(c))
                || (i > from && char.IsUpper(c) && char.IsLower(text[i - 1])))
            {
                break;
            }

            if (count >= 0)
            {
                count = count < word.Length ? count + 1 : -1;
            }

            if (count > 0)
            {
                word[count - 1] = Fold(c);
            }

            i++;
        }

        return count;
    }

    private static char Fold(char c)
    {
        if (char.IsAscii(c))
        {
            return char.IsAsciiLetterUpper(c) ? (char)(c | 0x20) : c;
        }

        var lower = char.ToLower(c, CultureInfo.InvariantCulture);
        return lower switch
        {
            >= '\u00e0' and <= '\u00ff' => Plain[lower - '\u00e0'],
            'ё' => 'е',
            _ => lower,
        };
    }

    // The longest word that is known, or all up to the next that is.
    private static int Ideographs(ReadOnlySpan<char> text, Lexicon lexicon, out int[] classes)
    {
        classes = Longest(text, lexicon, out var length);
        if (length > 0)
        {
            return length;
        }

        length = 1;
        while (length < Lexicon.MaxIdeographs && length < text.Length && text[length] >= FirstIdeograph && char.IsLetter(text[length])
            && Longest(text[length..], lexicon, out _).Length == 0)
        {
            length++;
        }

        return length;
    }

    private static int[] Longest(ReadOnlySpan<char> text, Lexicon lexicon, out int length)
    {
        for (length = Math.Min(text.Length, text[0] < FirstIdeograph ? Lexicon.MaxWord : Lexicon.MaxIdeographs); length > 0; length--)
        {
            if (lexicon.Find(text[..length]) is { Length: > 0 } classes)
            {
                return classes;
            }
        }

        return [];
    }
}
