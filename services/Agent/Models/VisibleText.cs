using System.Globalization;
using System.Text;

namespace FaultMaven.Agents.Models;

/// <summary>Text without invisible characters: a model reads nothing that an engineer who looks at the same lines does not see.</summary>
internal static class VisibleText
{
    /// <summary>
    /// The text without control and format characters (tags, directions, joiners, characters without width) and selectors of variants;
    /// every kind of line break is a line feed.
    /// </summary>
    public static string Of(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || !IsHidden(rune))
            {
                shown.Append(rune.ToString());
            }
        }

        return shown.ToString();
    }

    // U+E0000 to U+E0FFF are tags, variation selectors and code points reserved for them.
    private static bool IsHidden(Rune rune) => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format
        || rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0000 and <= 0xE0FFF) or 0x034F or 0x115F or 0x1160 or 0x3164 or 0xFFA0;
}
