using System.Text;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Standalone.State;

/// <summary>Keys from one on and before another, in the order of their bytes.</summary>
internal readonly record struct KeyRange(byte[] From, byte[] Before)
{
    /// <summary>All keys that begin with a prefix; all if it is empty.</summary>
    public static KeyRange Of(string prefix)
    {
        var from = Encoding.UTF8.GetBytes(prefix);

        // No byte of UTF-8 is 0xFF, so it is after all keys, and the last byte of a prefix has a next one.
        byte[] before = from.Length == 0 ? [0xff] : [.. from.AsSpan(0, from.Length - 1), (byte)(from[^1] + 1)];
        return new KeyRange(from, before);
    }

    public static KeyRange Of(RecordRange range)
    {
        var all = Of(range.Prefix);
        if (range.After is null)
        {
            return all;
        }

        var after = Encoding.UTF8.GetBytes(range.After);
        if (range.IsDescending)
        {
            return all with { Before = after.AsSpan().SequenceCompareTo(all.Before) < 0 ? after : all.Before };
        }

        // Keys have no zero byte: nothing is between a key and the same with one added.
        byte[] next = [.. after, 0];
        return all with { From = next.AsSpan().SequenceCompareTo(all.From) > 0 ? next : all.From };
    }
}
