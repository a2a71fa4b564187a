using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// Finds the literals of all recognisers in one pass. It reads 64 characters at a time into masks of one bit each: where a literal that may stand anywhere could
/// start, and where a word starts. Only at set bits, a small part of ordinary text, it compares.
/// </summary>
/// <remarks>Masks over blocks of 64 are how simdjson finds structure (Langdale and Lemire, "Parsing gigabytes of JSON per second", 2019).</remarks>
internal sealed class LiteralIndex
{
    /// <summary>How long a long word is: most words are shorter, and of what is encoded nearly nothing.</summary>
    public const int LongWord = 12;

    private const int Block = 64;
    private const int Blocks = 64;

    // An escape reaches over at most this many characters: \n, %3D, \u003d, ESC[38;5;196m.
    private const int EscapeLength = 16;

    private static readonly AsciiSet s_word = new(char.IsAsciiLetterOrDigit);
    private static readonly AsciiSet s_escape = new(c => c is '\\' or '%' or '\u001b');

    private readonly LiteralTable _anywhere;
    private readonly LiteralTable _atBoundary;
    private readonly LiteralTable _atLongWord;
    private readonly Fingerprints _fingerprints;
    private readonly AsciiSet _firsts;
    private readonly uint _otherFirsts;

    public LiteralIndex(IReadOnlyList<Recognizer> recognizers)
    {
        var literals = recognizers.SelectMany(r => r.Literals).ToLookup(literal => literal.Start);
        _anywhere = new LiteralTable(recognizers, LiteralStart.Anywhere);
        _atBoundary = new LiteralTable(recognizers, LiteralStart.AtBoundary);
        _atLongWord = new LiteralTable(recognizers, LiteralStart.AtLongWord);
        _fingerprints = new Fingerprints(literals[LiteralStart.Anywhere]);
        _firsts = new AsciiSet(c => literals[LiteralStart.AtBoundary].Any(literal => literal.Takes(0, c)));
        _otherFirsts = literals[LiteralStart.AtBoundary].Any(literal => literal.IsBeyondAscii(0)) ? uint.MaxValue : 0;
    }

    /// <summary>Asks the recognisers about every place where one of their literals stands, in order.</summary>
    public void Match(ReadOnlySpan<char> text, FindingList findings)
    {
        // What a block may look at behind its end follows the last one.
        Span<byte> bytes = stackalloc byte[(Block * Blocks) + Vector128<byte>.Count];
        var before = default(Tail);
        for (var from = 0; from < text.Length; from += Block * Blocks)
        {
            Narrow(text[from..], bytes);
            var length = Math.Min(text.Length - from, Block * Blocks);
            for (var block = 0; block < length; block += Block)
            {
                var places = Read(bytes[block..], ref before);
                var left = length - block;
                Ask(left < Block ? places.Before(left) : places, bytes[block..], text, from + block, findings);
            }
        }
    }

    private void Ask(Places places, ReadOnlySpan<byte> bytes, ReadOnlySpan<char> text, int from, FindingList findings)
    {
        for (var left = places.Anywhere | places.Starts | places.LongWords; left != 0; left &= left - 1)
        {
            var place = BitOperations.TrailingZeroCount(left);
            var characters = bytes[place..];
            if ((places.Anywhere >> place & 1) != 0)
            {
                _anywhere.Ask(characters, text, from + place, findings);
            }

            if ((places.Starts >> place & 1) != 0)
            {
                _atBoundary.Ask(characters, text, from + place, findings);
            }

            if ((places.LongWords >> place & 1) != 0)
            {
                _atLongWord.Ask(characters, text, from + place, findings);
            }
        }
    }

    private Places Read(ReadOnlySpan<byte> bytes, ref Tail before)
    {
        ulong anywhere = 0, firsts = 0, words = 0, escapes = 0;
        for (var i = 0; i < Block; i += Vector128<byte>.Count)
        {
            var here = Vector128.LoadUnsafe(in MemoryMarshal.GetReference(bytes), (nuint)i);
            var next = Vector128.LoadUnsafe(in MemoryMarshal.GetReference(bytes), (nuint)i + 1);
            var afterNext = Vector128.LoadUnsafe(in MemoryMarshal.GetReference(bytes), (nuint)i + 2);
            var low = here & Vector128.Create((byte)15);
            var high = here >>> 4;
            var bit = AsciiSet.BitOf(high);
            anywhere |= _fingerprints.MayStart(low, high, next, afterNext) << i;
            firsts |= (_firsts.Has(low, bit) | (here.ExtractMostSignificantBits() & _otherFirsts)) << i;
            words |= s_word.Has(low, bit) << i;
            escapes |= s_escape.Has(low, bit) << i;
        }

        // A word may start behind what isn't one, and behind an escape, whose end looks like one.
        var boundaries = ~((words << 1) | before.Words) | Reach(escapes, before.Escapes);
        before = new Tail(words >> (Block - 1), escapes >> (Block - EscapeLength));
        return new Places(anywhere, firsts & boundaries, LongFrom(words, bytes) & boundaries);
    }

    // Where so many letters and digits follow each other. The next block decides about the last places of this one.
    private static ulong LongFrom(ulong words, ReadOnlySpan<byte> bytes)
    {
        var ahead = Vector128.LoadUnsafe(in MemoryMarshal.GetReference(bytes), Block);
        var run = ((UInt128)s_word.Has(ahead & Vector128.Create((byte)15), AsciiSet.BitOf(ahead >>> 4)) << Block) | words;
        run &= run >> 1;
        run &= run >> 2;
        run &= run >> 4;
        return (ulong)(run & (run >> (LongWord - 8)));
    }

    // The places that an escape may end before.
    private static ulong Reach(ulong escapes, ulong before)
    {
        if ((escapes | before) == 0)
        {
            return 0;
        }

        var reach = ((UInt128)escapes << EscapeLength) | before;
        for (var shift = 1; shift < EscapeLength; shift *= 2)
        {
            reach |= reach << shift;
        }

        return (ulong)(reach >> EscapeLength);
    }

    // What isn't ASCII becomes 128 or more, and zeros follow the end of the text.
    private static void Narrow(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        var count = Math.Min(text.Length, bytes.Length);
        ref var source = ref MemoryMarshal.GetReference(MemoryMarshal.Cast<char, ushort>(text));
        ref var target = ref MemoryMarshal.GetReference(bytes);
        var i = 0;
        for (; i <= count - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            Vector128.NarrowWithSaturation(
                Vector128.LoadUnsafe(ref source, (nuint)i), Vector128.LoadUnsafe(ref source, (nuint)(i + Vector128<ushort>.Count))).StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < count; i++)
        {
            bytes[i] = (byte)Math.Min((int)text[i], byte.MaxValue);
        }

        bytes[count..].Clear();
    }

    /// <summary>Where in a block recognisers are to be asked, one bit each.</summary>
    private readonly record struct Places(ulong Anywhere, ulong Starts, ulong LongWords)
    {
        public Places Before(int length)
        {
            var inside = (1ul << length) - 1;
            return new(Anywhere & inside, Starts & inside, LongWords & inside);
        }
    }

    /// <summary>What the end of a block says about the next one.</summary>
    /// <param name="Words">The lowest bit: whether its last character is a letter or digit.</param>
    /// <param name="Escapes">Where escapes start among its last characters.</param>
    private readonly record struct Tail(ulong Words, ulong Escapes);
}
