using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// Finds the literals and patterns of all recognisers in one pass. It reads 64 characters at a time into masks of one bit each: where a
/// literal could start, by its first characters, and where characters are as they do at a pattern. At what is left, a small part of
/// ordinary text, it compares.
/// </summary>
/// <remarks>
/// Masks over blocks of 64 are how simdjson finds structure (Langdale and Lemire, "Parsing gigabytes of JSON per second", 2019).
/// </remarks>
internal sealed class LiteralIndex
{
    /// <summary>How long a long word is: most words are shorter, and of what is encoded nearly nothing.</summary>
    public const int LongWord = 12;

    private const int Blocks = 64;
    private const int Chunk = BlockMasks.Length * Blocks;

    // What a hit says: where in the chunk, then a literal anywhere, one at a boundary, patterns.
    private const int PlaceBits = 12;
    private const uint Anywhere = 1u << PlaceBits;
    private const uint AtBoundary = 2u << PlaceBits;
    private const int PatternShift = PlaceBits + 2;

    private readonly LiteralTable _anywhere;
    private readonly LiteralTable _atBoundary;
    private readonly CharacterPatterns _patterns;
    private readonly BlockReader _reader;
    private readonly Recognizer[][] _byPattern;

    public LiteralIndex(IReadOnlyList<Recognizer> recognizers)
    {
        var literals = recognizers.SelectMany(r => r.Literals).ToLookup(literal => literal.Start);
        _anywhere = new LiteralTable(recognizers, LiteralStart.Anywhere);
        _atBoundary = new LiteralTable(recognizers, LiteralStart.AtBoundary);
        _patterns = recognizers.Aggregate(CharacterPatterns.None, (all, recognizer) => all | recognizer.CharacterPatterns);
        _reader = new BlockReader(literals[LiteralStart.Anywhere], literals[LiteralStart.AtBoundary], _patterns);
        _byPattern = [.. BlockPatterns.All.Select(pattern => recognizers.Where(r => r.CharacterPatterns.HasFlag(pattern)).ToArray())];
    }

    /// <summary>Asks the recognisers about every place where one of their literals or patterns is, in order.</summary>
    public void Match(ReadOnlySpan<char> text, FindingList findings) => Match(text, new TextRange(0, text.Length), findings);

    /// <summary>Asks them about the places in a stretch of the text. What precedes and follows it may be looked at.</summary>
    public void Match(ReadOnlySpan<char> text, TextRange stretch, FindingList findings)
    {
        // A block is understood with the one behind it, which may be the next chunk's first; and literals are compared 16 characters at
        // once.
        var room = Math.Min(Chunk, (stretch.End - stretch.Start + BlockMasks.Length - 1) / BlockMasks.Length * BlockMasks.Length);
        Span<byte> bytes = stackalloc byte[room + BlockMasks.Length + Vector128<byte>.Count];
        Span<BlockMasks> blocks = stackalloc BlockMasks[(room / BlockMasks.Length) + 1];
        Span<uint> hits = stackalloc uint[room];
        var before = default(BlockTail);
        for (var from = stretch.Start; from < stretch.End; from += Chunk)
        {
            Narrow(text[from..], bytes);
            var length = Math.Min(stretch.End - from, Chunk);
            var count = (length + BlockMasks.Length - 1) / BlockMasks.Length;
            _reader.Read(bytes, blocks[..(count + 1)]);
            var found = Collect(blocks[..(count + 1)], bytes, length, ref before, hits);
            foreach (var hit in hits[..found])
            {
                Ask(hit, bytes, text, from, findings);
            }
        }
    }

    private int Collect(ReadOnlySpan<BlockMasks> blocks, ReadOnlySpan<byte> bytes, int length, ref BlockTail before, Span<uint> hits)
    {
        var count = 0;
        for (var i = 0; i + 1 < blocks.Length; i++)
        {
            ref readonly var block = ref blocks[i];
            var patterns = new BlockPatterns(in block, in blocks[i + 1], _patterns, ref before);
            var inside = length - (i * BlockMasks.Length) is var rest && rest < BlockMasks.Length ? (1ul << rest) - 1 : ulong.MaxValue;
            var starts = block.AtBoundary & patterns.Starts;
            for (var left = (block.Anywhere | starts | patterns.Any) & inside; left != 0; left &= left - 1)
            {
                var bit = BitOperations.TrailingZeroCount(left);
                var place = (i * BlockMasks.Length) + bit;
                var characters = bytes[place..];
                var hit = (Anywhere & (0 - (uint)(block.Anywhere >> bit & _anywhere.MayStand(characters))))
                    | (AtBoundary & (0 - (uint)(starts >> bit & _atBoundary.MayStand(characters))))
                    | ((uint)patterns.At(bit) << PatternShift);

                // Branch-free: mispredictions cost more than the store.
                hits[count] = hit | (uint)place;
                count += hit != 0 ? 1 : 0;
            }
        }

        return count;
    }

    private void Ask(uint hit, ReadOnlySpan<byte> bytes, ReadOnlySpan<char> text, int from, FindingList findings)
    {
        var place = (int)(hit & (Chunk - 1));
        var at = from + place;
        if ((hit & Anywhere) != 0)
        {
            _anywhere.Ask(bytes[place..], text, at, findings);
        }

        if (hit < AtBoundary || !IsBoundary(text, at))
        {
            return;
        }

        if ((hit & AtBoundary) != 0)
        {
            _atBoundary.Ask(bytes[place..], text, at, findings);
        }

        for (var patterns = hit >> PatternShift; patterns != 0; patterns &= patterns - 1)
        {
            var pattern = BitOperations.TrailingZeroCount(patterns);
            foreach (var recognizer in _byPattern[pattern])
            {
                recognizer.MatchPattern(text, at, (CharacterPatterns)(1 << pattern), findings);
            }
        }
    }

    // Boundary looks closer at what may be a word: letters and digits, placeholders.
    private static bool IsBoundary(ReadOnlySpan<char> text, int at) =>
        at == 0 || (char.IsAscii(text[at - 1]) && !char.IsAsciiLetterOrDigit(text[at - 1]) && text[at - 1] != '>')
            || Boundary.Before(text, at);

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
                Vector128.LoadUnsafe(ref source, (nuint)i), Vector128.LoadUnsafe(ref source, (nuint)(i + Vector128<ushort>.Count)))
                    .StoreUnsafe(ref target, (nuint)i);
        }

        for (; i < count; i++)
        {
            bytes[i] = (byte)Math.Min((int)text[i], byte.MaxValue);
        }

        bytes[count..].Clear();
    }
}
