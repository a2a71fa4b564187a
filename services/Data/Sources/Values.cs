using System.Globalization;

namespace FaultMaven.Data.Sources;

/// <summary>Reads numbers, amounts and times as tools write them.</summary>
internal static class Values
{
    private const NumberStyles Plain = NumberStyles.Float | NumberStyles.AllowThousands;

    private static readonly (string Suffix, double Factor)[] s_factors =
    [
        ("Ki", 1024d), ("Mi", 1048576d), ("Gi", 1073741824d), ("Ti", 1099511627776d), ("Pi", 1125899906842624d),
        ("KiB", 1024d), ("MiB", 1048576d), ("GiB", 1073741824d), ("TiB", 1099511627776d),
        ("kB", 1e3), ("KB", 1e3), ("MB", 1e6), ("GB", 1e9), ("TB", 1e12), ("B", 1d),
        ("n", 1e-9), ("u", 1e-6), ("m", 1e-3), ("k", 1e3), ("K", 1024d), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("%", 1d),
    ];

    /// <summary>Reads a plain, finite number.</summary>
    public static bool TryNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, Plain, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);

    /// <summary>Reads a number or a Kubernetes quantity: <c>500m</c>, <c>512Mi</c>, <c>16276604Ki</c>, <c>85%</c>.</summary>
    public static double? Quantity(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (TryNumber(text, out var number))
        {
            return number;
        }

        foreach (var (suffix, factor) in s_factors)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal) && TryNumber(text[..^suffix.Length].TrimEnd(), out number))
            {
                return number * factor;
            }
        }

        return null;
    }

    /// <summary>Reads "True", "true", "yes", "1" and their opposites; null for anything else, such as "Unknown".</summary>
    public static bool? Flag(string text) => text.ToUpperInvariant() switch
    {
        "TRUE" or "YES" or "1" => true,
        "FALSE" or "NO" or "0" => false,
        _ => null,
    };

    /// <summary>
    /// Reads ISO 8601 and epoch seconds, milliseconds, microseconds and nanoseconds; a time without a zone is taken as UTC.
    /// </summary>
    public static DateTimeOffset? Time(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length is < 8 or > 40 || !char.IsAsciiDigit(text[0]))
        {
            return null;
        }

        if (TryNumber(text, out var epoch))
        {
            var seconds = epoch switch { > 1e17 => epoch / 1e9, > 1e14 => epoch / 1e6, > 1e11 => epoch / 1e3, _ => epoch };
            // 1990 to 2100: anything else is a number, not a time.
            return seconds is > 631_152_000 and < 4_102_444_800 ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;
        }

        return text.IndexOfAny("-/") > 0 && DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
                : null;
    }
}
