using System.Numerics;
using System.Runtime.CompilerServices;

namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// Says many places at a time where none of some literals can start. The literals are spread over buckets; the halves of three characters
/// each look up the buckets that could continue so, and a place is out once no bucket is left. What remains is to be compared.
/// </summary>
/// <remarks>
/// The algorithm is "Teddy" of Hyperscan (Wang et al., NSDI 2019, section 5), also used by Rust's aho-corasick and .NET's
/// <c>SearchValues</c> of strings.
/// </remarks>
internal sealed class NibbleMasks
{
    private const int BucketsOfGroup = 8;

    // How often characters are in logs, by the upper halves of their codes: capitals, small letters, digits, spaces and marks.
    private static readonly int[] s_commonness = [1, 0, 6, 6, 2, 2, 12, 10, 1, 1, 1, 1, 1, 1, 1, 1];

    private readonly Group[] _groups;

    /// <param name="literals">Those that may start.</param>
    /// <param name="groups">Of eight buckets each: with more of them, fewer places are left, and each place takes longer.</param>
    public NibbleMasks(IEnumerable<Literal> literals, int groups)
    {
        var buckets = Enumerable.Range(0, groups * BucketsOfGroup).Select(_ => new Halves()).ToArray();
        foreach (var halves in literals.Select(literal => new Halves(literal)).Distinct().OrderByDescending(h => h.Weight))
        {
            // Where it makes the fewest more places pass.
            var best = 0;
            var least = double.MaxValue;
            for (var i = 0; i < buckets.Length; i++)
            {
                var more = buckets[i].With(halves).Weight - buckets[i].Weight;
                (best, least) = more < least ? (i, more) : (best, least);
            }

            buckets[best] = buckets[best].With(halves);
        }

        _groups = [.. buckets.Chunk(BucketsOfGroup).Select(group => new Group(group))];
    }

    /// <summary>Where a literal may start among some places, one bit each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong MayStart<TCharacters>(in CharacterHalves<TCharacters> characters)
        where TCharacters : struct, ICharacters<TCharacters>
    {
        var passed = default(TCharacters);
        foreach (ref readonly var group in _groups.AsSpan())
        {
            passed |= group.Passing(in characters);
        }

        return passed.AreSet;
    }

    /// <summary>Eight buckets, a bit each.</summary>
    private readonly struct Group(Halves[] buckets)
    {
        private readonly CharacterTable _low0 = Table(buckets, h => h.Low0);
        private readonly CharacterTable _high0 = Table(buckets, h => h.High0);
        private readonly CharacterTable _low1 = Table(buckets, h => h.Low1);
        private readonly CharacterTable _high1 = Table(buckets, h => h.High1);
        private readonly CharacterTable _low2 = Table(buckets, h => h.Low2);
        private readonly CharacterTable _high2 = Table(buckets, h => h.High2);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TCharacters Passing<TCharacters>(in CharacterHalves<TCharacters> characters)
            where TCharacters : struct, ICharacters<TCharacters> =>
            characters.Low0.LookUp(in _low0) & characters.High0.LookUp(in _high0)
            & characters.Low1.LookUp(in _low1) & characters.High1.LookUp(in _high1)
            & characters.Low2.LookUp(in _low2) & characters.High2.LookUp(in _high2);

        private static CharacterTable Table(Halves[] buckets, Func<Halves, ushort> of)
        {
            Span<byte> rows = stackalloc byte[16];
            rows.Clear();
            for (var bucket = 0; bucket < buckets.Length; bucket++)
            {
                for (var half = 0; half < rows.Length; half++)
                {
                    rows[half] |= (byte)(((of(buckets[bucket]) >> half) & 1) << bucket);
                }
            }

            return new CharacterTable(rows);
        }
    }

    /// <summary>The halves of characters that pass at each position, one bit each.</summary>
    private readonly record struct Halves(ushort Low0, ushort High0, ushort Low1, ushort High1, ushort Low2, ushort High2)
    {
        public Halves(Literal literal)
            : this(Low(literal, 0), High(literal, 0), Low(literal, 1), High(literal, 1), Low(literal, 2), High(literal, 2))
        {
        }

        /// <summary>How many texts pass, the more common ones counting more.</summary>
        public double Weight => (double)Of(Low0, High0) * Of(Low1, High1) * Of(Low2, High2);

        public Halves With(Halves other) =>
            new((ushort)(Low0 | other.Low0), (ushort)(High0 | other.High0), (ushort)(Low1 | other.Low1), (ushort)(High1 | other.High1),
                (ushort)(Low2 | other.Low2), (ushort)(High2 | other.High2));

        private static int Of(ushort low, ushort high)
        {
            var sum = 0;
            for (var left = (uint)high; left != 0; left &= left - 1)
            {
                sum += s_commonness[BitOperations.TrailingZeroCount(left)];
            }

            return sum * BitOperations.PopCount(low);
        }

        private static ushort Low(Literal literal, int position) => Of(literal, position, c => c & 15);

        private static ushort High(Literal literal, int position) => Of(literal, position, c => c >> 4);

        private static ushort Of(Literal literal, int position, Func<int, int> half)
        {
            var halves = 0;
            for (var c = 0; c < 256; c++)
            {
                halves |= literal.Takes(position, (char)c) || (c > 127 && literal.IsBeyondAscii(position)) ? 1 << half(c) : 0;
            }

            return (ushort)halves;
        }
    }
}
