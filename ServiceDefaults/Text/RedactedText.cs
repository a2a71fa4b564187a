using System.Text.RegularExpressions;

namespace FaultMaven.ServiceDefaults.Text;

/// <summary>Handles text in which values were replaced by placeholders such as <c>&lt;EMAIL_ADDRESS_1&gt;</c>.</summary>
public static partial class RedactedText
{
    /// <summary>
    /// At most the first <paramref name="length"/> characters, without a part of a placeholder or half of a surrogate pair at the end.
    /// </summary>
    public static string Cut(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        var open = text.LastIndexOf('<', end - 1);
        return open >= 0 && PlaceholderAt().Match(text, open) is { Success: true } placeholder && open + placeholder.Length > end
            ? text[..open]
            : text[..end];
    }

    [GeneratedRegex(@"\G<[A-Z][A-Z0-9_]*_[0-9]+>")]
    private static partial Regex PlaceholderAt();
}
