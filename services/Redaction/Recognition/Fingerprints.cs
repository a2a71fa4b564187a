using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// Says 16 places at a time where none of some literals can start. The literals are spread over eight buckets; the halves of three characters each look up
/// the buckets that could go on so, and a place is out once no bucket is left. What remains is to be compared.
/// </summary>
/// <remarks>
/// The algorithm is "Teddy" of Hyperscan (Wang et al., NSDI 2019, section 5), also used by Rust's aho-corasick and .NET's <c>SearchValues</c> of strings.
/// </remarks>
internal sealed class Fingerprints
{
    private const int Buckets = 8;
    private const int Positions = 3;

    private readonly Vector128<byte> _low0, _high0, _low1, _high1, _low2, _high2;

    public Fingerprints(IEnumerable<Literal> literals)
    {
        var buckets = Enumerable.Range(0, Buckets).Select(_ => new Bucket()).ToArray();
        foreach (var literal in literals)
        {
            // Where it makes the fewest more places pass.
            var halves = new Bucket(literal);
            buckets.MinBy(bucket => bucket.With(halves).Weight - bucket.Weight)!.Add(halves);
        }

        (_low0, _high0) = Tables(buckets, 0);
        (_low1, _high1) = Tables(buckets, 1);
        (_low2, _high2) = Tables(buckets, 2);
    }

    /// <summary>Where a literal may start among 16 places, one bit each.</summary>
    /// <param name="low">The low halves of the characters at these places.</param>
    /// <param name="high">Their high halves.</param>
    /// <param name="next">The characters one place on.</param>
    /// <param name="afterNext">The characters two places on.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong MayStart(Vector128<byte> low, Vector128<byte> high, Vector128<byte> next, Vector128<byte> afterNext)
    {
        var half = Vector128.Create((byte)15);
        var buckets = Vector128.ShuffleNative(_low0, low) & Vector128.ShuffleNative(_high0, high)
            & Vector128.ShuffleNative(_low1, next & half) & Vector128.ShuffleNative(_high1, next >>> 4)
            & Vector128.ShuffleNative(_low2, afterNext & half) & Vector128.ShuffleNative(_high2, afterNext >>> 4);
        return ~Vector128.Equals(buckets, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF;
    }

    private static (Vector128<byte> Low, Vector128<byte> High) Tables(Bucket[] buckets, int position)
    {
        Span<byte> low = stackalloc byte[16];
        Span<byte> high = stackalloc byte[16];
        low.Clear();
        high.Clear();
        for (var half = 0; half < 16; half++)
        {
            for (var bucket = 0; bucket < Buckets; bucket++)
            {
                low[half] |= (byte)(((buckets[bucket].Low[position] >> half) & 1) << bucket);
                high[half] |= (byte)(((buckets[bucket].High[position] >> half) & 1) << bucket);
            }
        }

        return (Vector128.Create<byte>(low), Vector128.Create<byte>(high));
    }

    /// <summary>The halves of characters that pass at each position, one bit each.</summary>
    private sealed class Bucket
    {
        public Bucket()
        {
        }

        public Bucket(Literal literal)
        {
            for (var position = 0; position < Positions; position++)
            {
                for (var c = 0; c < 256; c++)
                {
                    if (literal.Takes(position, (char)c) || (c > 127 && literal.IsBeyondAscii(position)))
                    {
                        Low[position] |= (ushort)(1 << (c & 15));
                        High[position] |= (ushort)(1 << (c >> 4));
                    }
                }
            }
        }

        public ushort[] Low { get; } = new ushort[Positions];

        public ushort[] High { get; } = new ushort[Positions];

        /// <summary>In how many of all texts of three characters it passes.</summary>
        public double Weight => Enumerable.Range(0, Positions).Aggregate(1.0, (weight, i) => weight * BitOperations.PopCount(Low[i]) * BitOperations.PopCount(High[i]));

        public Bucket With(Bucket other)
        {
            var both = new Bucket();
            both.Add(this);
            both.Add(other);
            return both;
        }

        public void Add(Bucket other)
        {
            for (var position = 0; position < Positions; position++)
            {
                Low[position] |= other.Low[position];
                High[position] |= other.High[position];
            }
        }
    }
}
