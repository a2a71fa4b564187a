using System.Globalization;

namespace FaultMaven.Data.Analysis.Logs.Statistics;

/// <summary>Reads how long something took: <c>took 153 ms</c>, <c>elapsed=2.4s</c>, <c>duration_ms=12</c>.</summary>
internal static class Durations
{
    private const int MaxNumberLength = 18;

    /// <summary>The first duration in <paramref name="text"/>, in milliseconds.</summary>
    public static bool TryFind(ReadOnlySpan<char> text, out double milliseconds)
    {
        for (var i = 0; i < text.Length;)
        {
            var digit = text[i..].IndexOfAnyInRange('0', '9');
            if (digit < 0)
            {
                break;
            }

            var start = i + digit;
            var end = start;
            while (end < text.Length
                && (char.IsAsciiDigit(text[end]) || (text[end] == '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
            {
                end++;
            }

            i = end;
            if (end - start <= MaxNumberLength && (start == 0 || text[start - 1] is ' ' or '=' or ':' or '(' or '[' or '"')
                && Factor(text, start, end) is var factor and > 0
                && double.TryParse(text[start..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
            {
                milliseconds = value * factor;
                return true;
            }
        }

        milliseconds = 0;
        return false;
    }

    private static double Factor(ReadOnlySpan<char> text, int start, int end)
    {
        var after = text[end..];
        after = after.Length > 0 && after[0] == ' ' ? after[1..] : after;
        var length = 0;
        while (length < after.Length && (char.IsAsciiLetter(after[length]) || after[length] == 'µ'))
        {
            length++;
        }

        var factor = after[..length] switch
        {
            "ns" => 1e-6,
            "us" or "µs" => 1e-3,
            "ms" or "msec" or "millis" or "milliseconds" => 1,
            "s" or "sec" or "secs" or "seconds" => 1_000,
            "m" or "min" or "minutes" => 0,
            _ => 0.0,
        };
        return factor > 0 ? factor
            : EndsWithKey(text[..start], "_ms") || EndsWithKey(text[..start], "Ms") || EndsWithKey(text[..start], "Millis") ? 1 : 0;
    }

    private static bool EndsWithKey(ReadOnlySpan<char> before, string key) =>
        before.TrimEnd(" =:\"").EndsWith(key, StringComparison.Ordinal);
}
