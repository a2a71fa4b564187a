using System.Globalization;

namespace FaultMaven.ServiceDefaults.Calls;

/// <summary>The header by which a call says how long it may take, as gRPC and grpc-gateway have it: <c>10S</c>.</summary>
public static class GrpcTimeout
{
    /// <summary>The header.</summary>
    public const string Header = "grpc-timeout";

    /// <summary>The longest, which is what a timer takes; what is longer is read as this.</summary>
    private static readonly TimeSpan s_longest = TimeSpan.FromDays(30);

    /// <summary>
    /// Reads a value: at most eight digits and a unit (hours, minutes, seconds, milliseconds, microseconds, nanoseconds). Null for another
    /// form.
    /// </summary>
    public static TimeSpan? Parse(string value)
    {
        double? ticks = value.Length is < 2 or > 9 ? null : value[^1] switch
        {
            'H' => TimeSpan.TicksPerHour,
            'M' => TimeSpan.TicksPerMinute,
            'S' => TimeSpan.TicksPerSecond,
            'm' => TimeSpan.TicksPerMillisecond,
            'u' => TimeSpan.TicksPerMicrosecond,
            'n' => 1.0 / TimeSpan.NanosecondsPerTick,
            _ => null,
        };
        return ticks is { } unit
            && int.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? TimeSpan.FromTicks((long)Math.Min(count * unit, s_longest.Ticks))
            : null;
    }

    /// <summary>Writes a time, in whole seconds, of which there is at least one.</summary>
    public static string Format(TimeSpan timeout) =>
        string.Create(CultureInfo.InvariantCulture, $"{Math.Clamp((long)timeout.TotalSeconds, 1, (long)s_longest.TotalSeconds)}S");
}
