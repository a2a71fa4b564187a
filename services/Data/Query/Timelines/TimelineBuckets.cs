namespace FaultMaven.Data.Query.Timelines;

/// <summary>Buckets of equal width, which start at multiples of it since 1970.</summary>
/// <param name="Start">Where the first starts.</param>
/// <param name="Width">How long each is.</param>
/// <param name="Count">How many there are.</param>
internal sealed record TimelineBuckets(DateTimeOffset Start, TimeSpan Width, int Count)
{
    /// <summary>More are never made.</summary>
    public const int MaxCount = 1_000;

    // Widths that people count in.
    private static readonly TimeSpan[] s_widths =
    [
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(seconds => TimeSpan.FromSeconds(seconds)),
        .. new[] { 1, 2, 5, 10, 15, 30 }.Select(minutes => TimeSpan.FromMinutes(minutes)),
        .. new[] { 1, 2, 3, 6, 12, 24, 48, 168 }.Select(hours => TimeSpan.FromHours(hours)),
    ];

    public static TimelineBuckets None { get; } = new(DateTimeOffset.UnixEpoch, TimeSpan.Zero, 0);

    /// <summary>As few as hold both times.</summary>
    public static long Needed(DateTimeOffset first, DateTimeOffset last, TimeSpan width) => Index(last, width) - Index(first, width) + 1;

    /// <summary>Buckets of a given width that hold both times, <see cref="MaxCount"/> at most.</summary>
    public static TimelineBuckets Of(DateTimeOffset first, DateTimeOffset last, TimeSpan width) =>
        new(new(Math.Max(0, DateTimeOffset.UnixEpoch.Ticks + (Index(first, width) * width.Ticks)), TimeSpan.Zero), width,
            (int)Math.Min(MaxCount, Needed(first, last, width)));

    /// <summary>Buckets that hold both times, of the smallest usual width that needs at most <paramref name="maxCount"/>.</summary>
    public static TimelineBuckets Of(DateTimeOffset first, DateTimeOffset last, int maxCount)
    {
        foreach (var width in s_widths)
        {
            if (Needed(first, last, width) <= maxCount)
            {
                return Of(first, last, width);
            }
        }

        // Years: whole weeks, as many as it takes. A single bucket cannot start at a round time if such a time is amid the span.
        var chosen = Math.Ceiling(((last - first) / s_widths[^1] / Math.Max(1, maxCount - 1)) + 1) * s_widths[^1];

        return Needed(first, last, chosen) <= maxCount ? Of(first, last, chosen) : new(first, last - first + TimeSpan.FromTicks(1), 1);
    }

    /// <summary>The bucket that a time is in, from 0; -1 if it is in none.</summary>
    public int IndexOf(DateTimeOffset time)
    {
        if (Count == 0 || time < Start)
        {
            return -1;
        }

        var index = (time - Start).Ticks / Width.Ticks;

        return index < Count ? (int)index : -1;
    }

    private static long Index(DateTimeOffset time, TimeSpan width) =>
        (long)Math.Floor((decimal)(time - DateTimeOffset.UnixEpoch).Ticks / width.Ticks);
}
