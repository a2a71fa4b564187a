using System.Buffers;
using FaultMaven.Protos.Redaction.V1;

namespace FaultMaven.Redaction.Screening;

/// <summary>
/// Text that models read and people don't see: letters as tag characters (U+E0020 to U+E007E) or variation selectors, bits as characters
/// without width, and letters whose direction is overridden. A flag's tags, an emoji's joiners and a selector behind a sign are what
/// these characters are for, and no hidden text.
/// </summary>
internal static class HiddenText
{
    // A byte in bits, or a word in tags.
    private const int MinRun = 8;
    private const int MinSelectors = 4;

    // The flags of Scotland and its like have six tags.
    private const int MaxFlagTags = 8;

    private const char Plane14 = '\uDB40';

    private static readonly SearchValues<char> s_withoutWidth =
        SearchValues.Create("\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff");
    private static readonly SearchValues<char> s_signs = SearchValues.Create(
        "\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u202d\u202e\uDB40\ufe00\ufe01\ufe02\ufe03\ufe04"
        + "\ufe05\ufe06\ufe07\ufe08\ufe09\ufe0a\ufe0b\ufe0c\ufe0d\ufe0e\ufe0f");

    /// <summary>Adds the passages that hide text.</summary>
    public static void Find(ReadOnlySpan<char> text, PassageList passages)
    {
        // Most text is ASCII, and none of these is.
        for (var from = 0; from < text.Length && text[from..].IndexOfAnyExceptInRange('\0', '\u007f') is var next and >= 0;)
        {
            var at = from + next;
            from = at + 1;
            if (!s_signs.Contains(text[at]))
            {
                continue;
            }

            var end = RunEnd(text, at, out var hides);
            if (hides)
            {
                passages.Add(PassageKind.HiddenText, at, TextScreener.EndOf(text, end));
            }

            from = end;
        }
    }

    private static int RunEnd(ReadOnlySpan<char> text, int at, out bool hides)
    {
        var c = text[at];
        if (c is '\u202d' or '\u202e')
        {
            hides = text[(at + 1)..Math.Min(text.Length, at + 4)].IndexOfAnyExceptInRange('\0', '@') >= 0;
            return at + 1;
        }

        if (s_withoutWidth.Contains(c))
        {
            var length = text[at..].IndexOfAnyExcept(s_withoutWidth);
            length = length < 0 ? text.Length - at : length;
            hides = length >= MinRun;
            return at + length;
        }

        var end = at;
        var tags = 0;
        var selectors = 0;
        while (end < text.Length)
        {
            if (text[end] is >= '\ufe00' and <= '\ufe0f')
            {
                selectors++;
                end++;
            }
            else if (text[end] == Plane14 && end + 1 < text.Length
                && text[end + 1] is (>= '\udc20' and <= '\udc7f') or (>= '\udd00' and <= '\uddef'))
            {
                _ = text[end + 1] < '\udd00' ? tags++ : selectors++;
                end += 2;
            }
            else
            {
                break;
            }
        }

        var isFlag = tags <= MaxFlagTags && at >= 2 && text[at - 2] == '\ud83c' && text[at - 1] == '\udff4';
        hides = (tags >= MinSelectors && !isFlag) || selectors >= MinSelectors;
        return Math.Max(end, at + 1);
    }
}
