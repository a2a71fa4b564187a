using System.Numerics;
using System.Runtime.CompilerServices;

namespace FaultMaven.Redaction.Recognition;

/// <summary>Where in a block of 64 characters words start, and <see cref="CharacterPatterns"/> are, one bit each.</summary>
internal readonly struct BlockPatterns
{
    /// <summary>Every pattern, each at the index of its bit.</summary>
    public static readonly IReadOnlyList<CharacterPatterns> All =
        [CharacterPatterns.LongWord, CharacterPatterns.LongNumber, CharacterPatterns.DottedQuad, CharacterPatterns.HexGroups,
            CharacterPatterns.SecondCapital];

    // An escape reaches over at most this many characters: \n, %3D, \u003d, ESC[38;5;196m.
    private const int EscapeLength = 16;
    private const int LongNumber = 7;
    private const int QuadStops = 3;
    private const int GroupSeparators = 5;

    private readonly ulong _longWords;
    private readonly ulong _longNumbers;
    private readonly ulong _quads;
    private readonly ulong _groups;
    private readonly ulong _capitals;

    /// <param name="block">The block.</param>
    /// <param name="next">The one behind it, since a pattern may reach into it.</param>
    /// <param name="wanted">What is looked for. Either nothing, or all of it.</param>
    /// <param name="before">What the block before says about it; then, what it says about the next one.</param>
    public BlockPatterns(in BlockMasks block, in BlockMasks next, CharacterPatterns wanted, ref BlockTail before)
    {
        // A word may start behind what isn't one, and behind an escape, whose end looks like one.
        Starts = ~((block.Words << 1) | before.Words) | Reach(block.Escapes, before.Escapes);
        if (wanted == CharacterPatterns.None)
        {
            before = new BlockTail(block.Words >> (BlockMasks.Length - 1), block.Escapes >> (BlockMasks.Length - EscapeLength), 0, 0);
            return;
        }

        var digits = Starts & block.Digits;
        _longWords = Starts & LongWords(block.Words, next.Words);
        _longNumbers = LongNumbers(digits, in block, in next);
        _quads = digits & Quads(in block, in next);
        _groups = Starts & block.HexDigits & Groups(in block, in next);

        // Adding a bit inside a run of ones carries past its end.
        var ends = AddWithCarry(~block.Spaces, block.Capitals & ~block.Spaces, before.Carry, out var carry) & block.Spaces;
        _capitals = Starts & block.Capitals & ((ends << 1) | before.CapitalWord);
        before = new BlockTail(
            block.Words >> (BlockMasks.Length - 1), block.Escapes >> (BlockMasks.Length - EscapeLength), carry,
                ends >> (BlockMasks.Length - 1));
    }

    /// <summary>Where a word may start; some of these places turn out not to be such ones.</summary>
    public ulong Starts { get; }

    /// <summary>Where any pattern is.</summary>
    public ulong Any => _longWords | _longNumbers | _quads | _groups | _capitals;

    /// <summary>Those that are at a place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public CharacterPatterns At(int bit) =>
        (CharacterPatterns)((_longWords >> bit & 1) | ((_longNumbers >> bit & 1) << 1) | ((_quads >> bit & 1) << 2)
            | ((_groups >> bit & 1) << 3) | ((_capitals >> bit & 1) << 4));

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

    private static ulong LongWords(ulong words, ulong next)
    {
        var (run, after) = (words & Ahead(words, next, 1), next & (next >> 1));
        (run, after) = (run & Ahead(run, after, 2), after & (after >> 2));
        (run, after) = (run & Ahead(run, after, 4), after & (after >> 4));
        return run & Ahead(run, after, LiteralIndex.LongWord - 8);
    }

    private static ulong LongNumbers(ulong starts, in BlockMasks block, in BlockMasks next)
    {
        // Nearly all numbers are too short.
        var (run, after) = (block.NumberParts & Ahead(block.NumberParts, next.NumberParts, 1), next.NumberParts & (next.NumberParts >> 1));
        (run, after) = (run & Ahead(run, after, 2), after & (after >> 2));
        ulong found = 0;
        for (var left = starts & run & Ahead(run, after, LongNumber - 4); left != 0; left &= left - 1)
        {
            var bit = BitOperations.TrailingZeroCount(left);
            var parts = Ahead(block.NumberParts, next.NumberParts, bit);
            var digits = Ahead(block.Digits, next.Digits, bit) & (parts ^ (parts + 1));
            found |= BitOperations.PopCount(digits) >= LongNumber ? 1ul << bit : 0;
        }

        return found;
    }

    // A mark at the start of a block belongs to a number that starts in the one before, and was looked at there.
    private static ulong Quads(in BlockMasks block, in BlockMasks next)
    {
        var stops = block.Stops & (block.Digits << 1) & Ahead(block.Digits, next.Digits, 1);
        var stopsAfter = next.Stops & ((next.Digits << 1) | (block.Digits >> (BlockMasks.Length - 1))) & (next.Digits >> 1);
        return Chain(stops, stopsAfter, QuadStops) is var (chain, after) && (chain | after) != 0
            ? Ahead(chain, after, 1) | Ahead(chain, after, 2) | Ahead(chain, after, 3)
            : 0;
    }

    private static ulong Groups(in BlockMasks block, in BlockMasks next)
    {
        var between = (block.HexDigits << 1) & Ahead(block.HexDigits, next.HexDigits, 1);
        var betweenAfter = ((next.HexDigits << 1) | (block.HexDigits >> (BlockMasks.Length - 1))) & (next.HexDigits >> 1);
        var (colons, colonsAfter) = Chain(block.Colons & between, next.Colons & betweenAfter, GroupSeparators);
        var (dashes, dashesAfter) = Chain(block.Dashes & between, next.Dashes & betweenAfter, GroupSeparators);
        var (chain, after) = (colons | dashes, colonsAfter | dashesAfter);
        return (chain | after) == 0 ? 0 : Ahead(chain, after, 1) | Ahead(chain, after, 2) | Ahead(chain, after, 3) | Ahead(chain, after, 4);
    }

    // The marks that so many more follow, each two to five places behind the one before.
    private static (ulong Chain, ulong After) Chain(ulong marks, ulong after, int length)
    {
        if (BitOperations.PopCount(marks) + BitOperations.PopCount(after) < length)
        {
            return default;
        }

        var (chain, chainAfter) = (marks, after);
        for (var i = 1; i < length && (chain | chainAfter) != 0; i++)
        {
            (chain, chainAfter) = (
                marks & (Ahead(chain, chainAfter, 2) | Ahead(chain, chainAfter, 3) | Ahead(chain, chainAfter, 4)
                    | Ahead(chain, chainAfter, 5)),
                after & ((chainAfter >> 2) | (chainAfter >> 3) | (chainAfter >> 4) | (chainAfter >> 5)));
        }

        return (chain, chainAfter);
    }

    // What is so many places ahead of each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Ahead(ulong mask, ulong next, int places) => (mask >> places) | (next << 1 << (BlockMasks.Length - 1 - places));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong AddWithCarry(ulong left, ulong right, ulong carryIn, out ulong carryOut)
    {
        var sum = left + right;
        var all = sum + carryIn;
        carryOut = (sum < left ? 1ul : 0) | (all < sum ? 1ul : 0);
        return all;
    }
}

/// <summary>What a block says about the next one: the lowest bit of each, but for <paramref name="Escapes"/>.</summary>
/// <param name="Words">Whether its last character is a letter or digit of ASCII.</param>
/// <param name="Escapes">Where escapes start among its last characters.</param>
/// <param name="Carry">Whether a capital is in the word that its end may cut.</param>
/// <param name="CapitalWord">Whether it ends with a space behind a word that has a capital.</param>
internal readonly record struct BlockTail(ulong Words, ulong Escapes, ulong Carry, ulong CapitalWord);
