using System.Globalization;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.ServiceDefaults.Audit;

/// <summary>A part of a log, one stream: the entries of a month, so that what is old is removed whole.</summary>
/// <param name="Month">Such as <c>2026-11</c>.</param>
/// <param name="First">The number of its first entry.</param>
/// <param name="PreviousHash">The hash of the entry before.</param>
internal sealed record AuditSegment(string Month, long First, string PreviousHash)
{
    /// <summary>The keys of their records in the partition of a log begin so.</summary>
    public const string Prefix = "segment/";

    // More months than can be kept.
    private const int MaxSegments = 1_000;
    private const string MonthFormat = "yyyy-MM";

    /// <summary>The key of its record.</summary>
    public string Key => Prefix + Month;

    /// <summary>The stream with its entries.</summary>
    public string Stream => $"entries/{Month}";

    /// <summary>What its record holds.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{First} {PreviousHash}");

    /// <summary>Whether no entry of it is younger than <paramref name="age"/>.</summary>
    public bool IsOlderThan(TimeSpan age, DateTimeOffset now) => Start.AddMonths(1) + age < now;

    private DateTimeOffset Start =>
        DateTimeOffset.ParseExact(Month, MonthFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>The month of a time.</summary>
    public static string MonthOf(DateTimeOffset time) => time.UtcDateTime.ToString(MonthFormat, CultureInfo.InvariantCulture);

    /// <summary>Reads a record.</summary>
    public static AuditSegment Read(StateRecord record)
    {
        var parts = record.Text.Split(' ');
        return new(record.Key[Prefix.Length..], long.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]);
    }

    /// <summary>Those of a log, oldest first.</summary>
    public static async Task<IReadOnlyList<AuditSegment>> ListAsync(
        StateStore state, Partition partition, CancellationToken cancellationToken) =>
        [.. (await state.ListAsync(partition, new RecordRange(Prefix), MaxSegments, cancellationToken)).Select(Read)];
}
