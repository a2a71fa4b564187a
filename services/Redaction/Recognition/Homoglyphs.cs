using System.Buffers;

namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// Letters that look like others, and characters that don't show: <c>pass\u200bword</c>, <c>ｐａｓｓｗｏｒｄ＝</c>, <c>pаssword</c> with a
/// Cyrillic а. Recognisers read such a text as it looks.
/// </summary>
internal static class Homoglyphs
{
    private const char Invisible = '\uFFFF';

    // What doesn't show (Unicode's default ignorable code points of the basic plane), and what shows as something of ASCII.
    private const string NotShown =
        "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061"
        + "\u2062\u2063\u2064\u2066\u2067\u2068\u2069"
        + "\u206a\u206b\u206c\u206d\u206e\u206f\ufe00\ufe01\ufe02\ufe03\ufe04\ufe05\ufe06\ufe07\ufe08\ufe09\ufe0a\ufe0b\ufe0c\ufe0d"
        + "\ufe0e\ufe0f\ufeff";

    private const string Blanks = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000";

    // Cyrillic and Greek letters beside the Latin ones they look like (Unicode TR39, confusables).
    private const string LookAlikes =
        "аaеeоoрpсcуyхxѕsіiјjԁdԛqԝwһhкkАAВBЕEКKМMНHОOРPСCТTУYХXЅSІIЈJοoαaνvρpιiκkΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXıiɡgſs";

    private const string Quotation = "‘'’'‚'‛'“\"”\"„\"‟\"‐-‑-‒-–-—-―-−-∶:﹕:﹦=";

    private static readonly char[] s_looks = Looks();
    private static readonly SearchValues<char> s_lookAlikes = SearchValues.Create([.. LookAlikes.Where((_, i) => i % 2 == 0)]);

    /// <summary>Whether a text holds a character that isn't what it looks like.</summary>
    public static bool AreIn(ReadOnlySpan<char> text)
    {
        for (var i = 0; text[i..].IndexOfAnyExceptInRange('\0', '\u007f') is var next and >= 0; i++)
        {
            i += next;
            if (s_looks[text[i]] != text[i])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes a text as it looks.</summary>
    /// <param name="text">The text.</param>
    /// <param name="plain">What shows of it; as long as the text.</param>
    /// <param name="hidden">Where what doesn't show is in the text; as long as the text.</param>
    /// <param name="hiddenCount">How many don't show.</param>
    /// <returns>How many characters show.</returns>
    public static int Undo(ReadOnlySpan<char> text, Span<char> plain, Span<int> hidden, out int hiddenCount)
    {
        var count = 0;
        var hasLookAlikes = false;
        hiddenCount = 0;
        for (var i = 0; i < text.Length; i++)
        {
            // Nearly all of it is what it looks like.
            var same = text[i..].IndexOfAnyExceptInRange('\0', '\u007f');
            same = same < 0 ? text.Length - i : same;
            text.Slice(i, same).CopyTo(plain[count..]);
            count += same;
            i += same;
            if (i >= text.Length)
            {
                break;
            }

            if (s_looks[text[i]] is var look and not Invisible)
            {
                plain[count++] = look;
                hasLookAlikes |= s_lookAlikes.Contains(text[i]);
            }
            else
            {
                hidden[hiddenCount++] = i;
            }
        }

        if (hasLookAlikes)
        {
            KeepForeignWords(text, plain[..count], hidden[..hiddenCount]);
        }

        return count;
    }

    /// <summary>Where a character that shows is in the text.</summary>
    /// <param name="hidden">Where what doesn't show is, in order.</param>
    /// <param name="place">Its place among those that show.</param>
    public static int OriginOf(ReadOnlySpan<int> hidden, int place)
    {
        // As many precede it as are before its place and those before them.
        var (from, to) = (0, hidden.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = hidden[middle] - middle <= place ? (middle + 1, to) : (from, middle);
        }

        return place + from;
    }

    /// <summary>Where a place of the text is among what shows.</summary>
    /// <param name="hidden">Where what doesn't show is, in order.</param>
    /// <param name="origin">The place in the text.</param>
    public static int PlaceOf(ReadOnlySpan<int> hidden, int origin)
    {
        var before = hidden.BinarySearch(origin);
        return origin - (before < 0 ? ~before : before);
    }

    /// <summary>Whether a letter is one of ours depends on its word, so a word that a finding ends or starts in is in doubt.</summary>
    public static void DoubtCutWords(ReadOnlySpan<char> text, FindingList findings)
    {
        for (var i = 0; i < findings.Count; i++)
        {
            var finding = findings[i];
            if (finding.Start > 0 && char.IsLetter(text[finding.Start - 1]) && char.IsLetter(text[finding.Start]))
            {
                findings.Doubt(finding.Start - 1, finding.Start);
            }

            if (finding.End < text.Length && char.IsLetter(text[finding.End]) && char.IsLetter(text[finding.End - 1]))
            {
                findings.Doubt(finding.End, finding.End + 1);
            }
        }
    }

    // A letter of another script is one of ours in disguise only in a word with letters of ASCII.
    private static void KeepForeignWords(ReadOnlySpan<char> text, Span<char> plain, ReadOnlySpan<int> hidden)
    {
        for (var i = 0; i < plain.Length;)
        {
            var end = i;
            var foreign = 0;
            var latin = 0;
            while (end < plain.Length && char.IsLetter(plain[end]))
            {
                var isForeign = s_lookAlikes.Contains(text[OriginOf(hidden, end)]);
                foreign += isForeign ? 1 : 0;
                latin += !isForeign && char.IsAsciiLetter(plain[end]) ? 1 : 0;
                end++;
            }

            for (var j = i; foreign > 0 && latin == 0 && j < end; j++)
            {
                plain[j] = text[OriginOf(hidden, j)];
            }

            i = end + 1;
        }
    }

    private static char[] Looks()
    {
        var looks = new char[char.MaxValue + 1];
        for (var c = 0; c < looks.Length; c++)
        {
            // Full-width forms of all that ASCII can print.
            looks[c] = c is >= 0xFF01 and <= 0xFF5E ? (char)(c - 0xFEE0) : (char)c;
        }

        foreach (var c in NotShown)
        {
            looks[c] = Invisible;
        }

        foreach (var c in Blanks)
        {
            looks[c] = ' ';
        }

        foreach (var pair in (LookAlikes + Quotation).Chunk(2))
        {
            looks[pair[0]] = pair[1];
        }

        // A lone surrogate is not a character that does not show.
        looks[Invisible] = '\uFFFD';
        return looks;
    }
}
