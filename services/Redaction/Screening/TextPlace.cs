using System.Buffers;

namespace FaultMaven.Redaction.Screening;

/// <summary>Where in a line or a sentence a place is.</summary>
internal static class TextPlace
{
    private const int MaxLead = 16;

    // "> # * - // <!-- "
    private static readonly SearchValues<char> s_leads = SearchValues.Create(" \t>#*-/|<![\"'`_(:");
    private static readonly SearchValues<char> s_clauseEnds = SearchValues.Create("\r\n.!?:;,\"'`([{<>|=*-—–“„«‹¡¿。！？：；，");

    // Words that come before a demand without changing it.
    private static readonly string[] s_leadWords =
        ["please", "now", "then", "and", "also", "must", "should", "you", "to", "bitte", "immediately", "instead", "always", "first"];

    /// <summary>Whether a line starts here, in the text itself or as an escape such as <c>\n</c>.</summary>
    public static bool StartsLine(ReadOnlySpan<char> text, int at)
    {
        var i = at;
        while (i > 0 && at - i < MaxLead && s_leads.Contains(text[i - 1]))
        {
            i--;
        }

        return i == 0 || text[i - 1] is '\n' or '\r' || (i > 1 && text[i - 1] is 'n' or 'r' && text[i - 2] == '\\');
    }

    /// <summary>Whether a clause starts here.</summary>
    public static bool StartsClause(ReadOnlySpan<char> text, int at)
    {
        var before = text[Math.Max(0, at - MaxLead)..at].TrimEnd(" \t*_");
        if (before.IsEmpty || s_clauseEnds.Contains(before[^1]) || StartsLine(text, at))
        {
            return true;
        }

        foreach (var word in s_leadWords)
        {
            if (before.EndsWith(word, StringComparison.OrdinalIgnoreCase)
                && (before.Length == word.Length || !char.IsLetterOrDigit(before[^(word.Length + 1)])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Where the line of a place ends, at most <paramref name="limit"/> characters ahead and never inside a character.</summary>
    public static int LineEnd(ReadOnlySpan<char> text, int at, int limit)
    {
        var ahead = text.Slice(at, Math.Min(limit, text.Length - at));
        var length = ahead.IndexOfAny('\r', '\n');
        var end = at + (length < 0 ? ahead.Length : length);
        return end > at && end < text.Length && char.IsLowSurrogate(text[end]) && char.IsHighSurrogate(text[end - 1]) ? end - 1 : end;
    }
}
