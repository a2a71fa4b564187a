using System.Globalization;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Measures;

/// <summary>Writes values so that people can read them and the figure in the evidence is still there.</summary>
internal static class Amount
{
    private static readonly string[] s_sizes = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];

    /// <summary><c>3221225472 bytes (3.0 GiB)</c>, <c>91.4%</c>, <c>84.2 ms</c>.</summary>
    public static string Of(string written, double value, string unit)
    {
        if (Names.IsOneOf(unit, "bytes", "byte") || unit is "B" or "bytes/second" || Names.IsOneOf(unit, "bytes/second", "decbytes"))
        {
            var rate = unit.Contains('/', StringComparison.Ordinal) ? "/s" : "";
            return Math.Abs(value) < 1_048_576 ? $"{written} bytes{rate}" : $"{written} bytes{rate} ({Size(value)}{rate})";
        }

        return unit.Length == 0 ? written
            : unit is "%" || Names.Same(unit, "percent") ? $"{written}%"
            : Names.Same(unit, "milliseconds") ? $"{written} ms"
            : Names.IsOneOf(unit, "count", "none", "short") ? written
            : Names.Same(unit, "count/second") ? $"{written}/s"
            : $"{written} {unit.ToLowerInvariant()}";
    }

    public static string Size(double bytes)
    {
        var size = 0;
        for (; Math.Abs(bytes) >= 1024 && size < s_sizes.Length - 1; size++)
        {
            bytes /= 1024;
        }

        return string.Create(CultureInfo.InvariantCulture, $"{bytes:0.#} {s_sizes[size]}");
    }
}
