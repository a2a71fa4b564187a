using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace FaultMaven.Redaction.Recognition;

/// <summary>Reads characters into masks, as many at a time as the processor can.</summary>
/// <param name="anywhere">The literals that may be anywhere.</param>
/// <param name="atBoundary">Those that are at a boundary.</param>
/// <param name="patterns">What else is looked for; without any, the masks that only they need stay empty.</param>
internal sealed class BlockReader(IEnumerable<Literal> anywhere, IEnumerable<Literal> atBoundary, CharacterPatterns patterns)
{
    private static readonly AsciiSet s_words = new(char.IsAsciiLetterOrDigit);
    private static readonly AsciiSet s_escapes = new(c => c is '\\' or '%' or '\u001b');
    private static readonly AsciiSet s_digits = new(char.IsAsciiDigit);
    private static readonly AsciiSet s_hexDigits = new(char.IsAsciiHexDigit);
    private static readonly AsciiSet s_numberParts = new(c => char.IsAsciiDigit(c) || c is ' ' or '-' or '.' or '/' or '(' or ')' or '+');
    private static readonly AsciiSet s_capitals = new(char.IsAsciiLetterUpper);

    private readonly NibbleMasks _anywhere = new(anywhere, 6);
    private readonly NibbleMasks _atBoundary = new(atBoundary, 6);

    /// <summary>Reads as many blocks as there are to fill.</summary>
    /// <param name="bytes">All their characters and 16 more: what isn't ASCII is 128 or more.</param>
    /// <param name="blocks">Where they go.</param>
    public void Read(ReadOnlySpan<byte> bytes, Span<BlockMasks> blocks)
    {
        if (Avx2.IsSupported)
        {
            Read<Characters32>(bytes, blocks);
        }
        else
        {
            Read<Characters16>(bytes, blocks);
        }
    }

    /// <summary>The same with registers of a kind.</summary>
    public void Read<TCharacters>(ReadOnlySpan<byte> bytes, Span<BlockMasks> blocks)
        where TCharacters : struct, ICharacters<TCharacters>
    {
        for (var i = 0; i < blocks.Length; i++)
        {
            // What is read of the characters behind a block's last one.
            var block = bytes.Slice(i * BlockMasks.Length, BlockMasks.Length + 2);
            ref var first = ref MemoryMarshal.GetReference(block);
            ref var masks = ref blocks[i];
            masks = default;
            for (var at = 0; at < BlockMasks.Length; at += TCharacters.Count)
            {
                Read<TCharacters>(ref first, at, ref masks);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Read<TCharacters>(ref byte first, int at, ref BlockMasks masks)
        where TCharacters : struct, ICharacters<TCharacters>
    {
        var here = TCharacters.Load(ref first, at);
        var halves = new CharacterHalves<TCharacters>(here, TCharacters.Load(ref first, at + 1), TCharacters.Load(ref first, at + 2));
        var bit = AsciiSet.BitOf(halves.High0);
        masks.Anywhere |= _anywhere.MayStart(in halves) << at;
        masks.AtBoundary |= _atBoundary.MayStart(in halves) << at;
        masks.Words |= s_words.Has(halves.Low0, bit) << at;
        masks.Escapes |= s_escapes.Has(halves.Low0, bit) << at;
        if (patterns == CharacterPatterns.None)
        {
            return;
        }

        masks.Digits |= s_digits.Has(halves.Low0, bit) << at;
        masks.HexDigits |= s_hexDigits.Has(halves.Low0, bit) << at;
        masks.NumberParts |= s_numberParts.Has(halves.Low0, bit) << at;
        masks.Capitals |= (s_capitals.Has(halves.Low0, bit) | here.AreHigh) << at;
        masks.Spaces |= here.Are(' ') << at;
        masks.Stops |= here.Are('.') << at;
        masks.Colons |= here.Are(':') << at;
        masks.Dashes |= here.Are('-') << at;
    }
}

/// <summary>The halves, of four bits each, of some characters, and of those one and two places on.</summary>
internal readonly struct CharacterHalves<TCharacters>
    where TCharacters : struct, ICharacters<TCharacters>
{
    public readonly TCharacters Low0, High0, Low1, High1, Low2, High2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CharacterHalves(TCharacters here, TCharacters next, TCharacters afterNext)
    {
        (Low0, High0) = (here.LowHalves, here.HighHalves);
        (Low1, High1) = (next.LowHalves, next.HighHalves);
        (Low2, High2) = (afterNext.LowHalves, afterNext.HighHalves);
    }
}
