using System.Globalization;

namespace FaultMaven.Data.Analysis.Logs.Resources;

/// <summary>Reads how much there is of something: <c>412MB</c>, <c>91 %</c>, <c>95/100</c>.</summary>
internal static class ResourceAmount
{
    private const int MaxNumberLength = 15;

    /// <summary>Reads a number with its unit and goes behind it. Sizes become bytes.</summary>
    public static bool TryRead(ref ReadOnlySpan<char> text, out double value, out string unit)
    {
        value = 0;
        unit = "";
        var end = 0;
        while (end < text.Length
            && (char.IsAsciiDigit(text[end]) || (text[end] == '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
        {
            end++;
        }

        if (end is 0 or > MaxNumberLength
            || !double.TryParse(text[..end], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value))
        {
            return false;
        }

        var behind = text[end..];
        var spaced = behind is [' ', ..] ? behind[1..] : behind;
        var letters = 0;
        while (letters < spaced.Length && char.IsAsciiLetter(spaced[letters]))
        {
            letters++;
        }

        var factor = spaced[..letters] switch
        {
            "KB" or "kB" or "KiB" or "Ki" or "K" => 1024d,
            "MB" or "MiB" or "Mi" or "M" => 1024d * 1024,
            "GB" or "GiB" or "Gi" or "G" => 1024d * 1024 * 1024,
            "B" or "bytes" => 1,
            _ => 0,
        };
        if (factor > 0)
        {
            value *= factor;
            unit = "bytes";
            text = spaced[letters..];
            return true;
        }

        var isPercent = spaced is ['%', ..];
        unit = isPercent ? "%" : "";
        text = isPercent ? spaced[1..] : behind;

        // 12ms, 3rd: something else.
        return isPercent || behind.IsEmpty || !char.IsAsciiLetter(behind[0]);
    }

    /// <summary>
    /// What the amount before is out of, <c>/100</c>, <c> / 512MB</c>, <c> of 100</c>, <c> out of 100</c>, but not the rest of a date; 0 if
    /// nothing is said of that.
    /// </summary>
    public static double Over(ReadOnlySpan<char> rest, string unit, out ReadOnlySpan<char> behind)
    {
        behind = rest.TrimStart(' ');
        behind = behind switch
        {
            ['/', ..] => behind[1..].TrimStart(' '),
            _ when behind.StartsWith("of ", StringComparison.Ordinal) => behind[3..],
            _ when behind.StartsWith("out of ", StringComparison.Ordinal) => behind[7..],
            _ => default,
        };

        return TryRead(ref behind, out var limit, out var limitUnit) && (limitUnit == unit || unit.Length == 0)
            && behind is not ['/' or '.' or '-' or ':', ..] ? limit : 0;
    }
}
