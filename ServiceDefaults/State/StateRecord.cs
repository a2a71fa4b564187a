using System.Globalization;
using System.Text;

namespace FaultMaven.ServiceDefaults.State;

/// <summary>A value that is kept under a key of a partition.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">What was put there.</param>
/// <param name="Version">
/// Of the transaction that put it there last. It is greater than that of any transaction of the partition before.
/// </param>
public sealed record StateRecord(string Key, ReadOnlyMemory<byte> Value, long Version)
{
    /// <summary>The value as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Value.Span);

    /// <summary>The value of a counter, see <see cref="PartitionChanges.Add"/>.</summary>
    public long Number => long.Parse(Value.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
