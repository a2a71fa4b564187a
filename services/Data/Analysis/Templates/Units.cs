using System.Collections.Frozen;

namespace FaultMaven.Data.Analysis.Templates;

/// <summary>Units that a writer picks by the size of the number: the same message says <c>812 bytes</c> and <c>1.2 MB</c>.</summary>
internal static class Units
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_units = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            "byte", "bytes", "kb", "mb", "gb", "tb", "kib", "mib", "gib", "tib", "kbytes", "mbytes",
            "ns", "us", "µs", "ms", "msec", "msecs", "millis", "sec", "secs", "second", "seconds", "min", "mins", "minute", "minutes",
            "hour", "hours", "hrs", "day", "days", "nanoseconds", "microseconds", "milliseconds", "millisecond",
            "hz", "khz", "mhz", "ghz", "kbps", "mbps", "gbps",
        ]).GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> word) => word.Length is >= 2 and <= 12 && s_units.Contains(word);
}
