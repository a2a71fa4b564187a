using System.Globalization;

namespace FaultMaven.Data.Analysis.Statements;

/// <summary>Reads figures as tools print them: <c>1,024</c>, <c>92%</c>, <c>4.2Gi</c>, <c>163 GB</c>, <c>850ms</c>.</summary>
internal static class Amount
{
    /// <summary>The value in bytes, seconds or plain units.</summary>
    /// <param name="text">The figure.</param>
    /// <param name="value">The value; of a percentage the number before its sign.</param>
    /// <param name="isPercent">True for a percentage.</param>
    public static bool TryRead(ReadOnlySpan<char> text, out double value, out bool isPercent)
    {
        text = text.Trim(" \"'~<>=+");
        isPercent = text.EndsWith("%");
        text = text.TrimEnd("% ");
        var end = 0;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] is '.' or ',' || (end == 0 && text[end] == '-')))
        {
            end++;
        }

        value = 0;
        if (end == 0 || !double.TryParse(text[..end].ToString().Replace(",", "", StringComparison.Ordinal), CultureInfo.InvariantCulture,
            out var number))
        {
            return false;
        }

        if (Scale(text[end..].Trim()) is not { } scale)
        {
            return false;
        }

        value = number * scale;
        return true;
    }

    private static double? Scale(ReadOnlySpan<char> unit) => unit switch
    {
        "" or "B" or "s" or "sec" or "secs" or "seconds" or "bytes" or "rows" or "messages" or "connections" or "req/s" => 1,
        "m" => 1e-3,
        "ms" => 1e-3,
        "us" or "µs" => 1e-6,
        "min" or "minutes" => 60,
        "h" or "hours" => 3_600,
        "d" or "days" => 86_400,
        "k" or "K" or "kB" or "KB" => 1e3,
        "Ki" or "KiB" => 1_024,
        "M" or "MB" => 1e6,
        "Mi" or "MiB" => 1_048_576,
        "G" or "GB" => 1e9,
        "Gi" or "GiB" => 1_073_741_824,
        "T" or "TB" => 1e12,
        "Ti" or "TiB" => 1_099_511_627_776,
        _ => null,
    };
}
