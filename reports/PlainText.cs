using System.Globalization;

namespace FaultMaven.Reports;

/// <summary>
/// Takes from text of evidence what has no place in a report: control characters, and marks that make text read in another order than it
/// is written.
/// </summary>
internal static class PlainText
{
    private const char Replacement = '·';

    /// <summary>The text on one line.</summary>
    public static string Line(string text) => string.Create(text.Length, text, static (target, source) =>
    {
        for (var i = 0; i < source.Length; i++)
        {
            target[i] = source[i] switch
            {
                '\t' or '\n' or '\r' or '\u2028' or '\u2029' => ' ',
                var c when char.IsControl(c) || IsDirection(c) => Replacement,
                var c when char.IsSurrogate(c) && !IsPaired(source, i) => '\uFFFD',
                var c => c,
            };
        }
    });

    // Overrides, isolates and marks of direction, and characters that are not seen at all.
    private static bool IsDirection(char c) => c is '\u200E' or '\u200F' or '\u061C' or '\uFEFF' or >= '\u202A' and <= '\u202E'
        or >= '\u2066' and <= '\u2069' || char.GetUnicodeCategory(c) is UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private static bool IsPaired(string text, int at) => char.IsHighSurrogate(text[at])
        ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1])
        : at > 0 && char.IsHighSurrogate(text[at - 1]);
}
