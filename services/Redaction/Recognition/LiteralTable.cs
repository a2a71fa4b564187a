using System.Numerics;

namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// The literals that may start at a place, by its first characters: three look up one bit, which nearly all places that ordinary text offers fail. Where it is
/// set, two choose a short list, and four are compared at once before a whole literal is.
/// </summary>
internal sealed class LiteralTable
{
    // Letters have classes of their own, all digits share one, other ASCII shares ten, the rest has one.
    private const int Classes = 64;
    private const int ClassBits = 6;
    private const int DigitClass = 52;
    private const int OtherClass = 63;
    private const int KeyLength = 4;

    private static readonly byte[] s_classes = [.. Enumerable.Range(0, 256).Select(ClassOf)];

    private readonly ulong[] _bits = new ulong[Classes * Classes];
    private readonly Entry[][] _lists = new Entry[Classes * Classes][];

    public LiteralTable(IReadOnlyList<(Recognizer Recognizer, int Literal)> literals)
    {
        var lists = new List<Entry>?[Classes * Classes];
        foreach (var (recognizer, index) in literals)
        {
            var entry = new Entry(recognizer, index);
            var (first, second, third) = (ClassesAt(entry.Literal, 0), ClassesAt(entry.Literal, 1), ClassesAt(entry.Literal, 2));
            foreach (var pair in Pairs(first, second))
            {
                _bits[pair] |= third;
                (lists[pair] ??= []).Add(entry);
            }
        }

        for (var pair = 0; pair < lists.Length; pair++)
        {
            _lists[pair] = lists[pair]?.ToArray() ?? [];
        }
    }

    /// <summary>Whether a literal may stand where these four characters do.</summary>
    /// <param name="key">Characters as bytes, the first lowest; 128 and above for what isn't ASCII.</param>
    public bool MayStand(uint key) => (_bits[PairOf(key)] >> s_classes[(byte)(key >> 16)] & 1) != 0;

    /// <summary>Asks the recognisers whose literals stand at a place.</summary>
    public void Ask(uint key, ReadOnlySpan<char> text, int at, FindingList findings)
    {
        foreach (ref readonly var entry in _lists[PairOf(key)].AsSpan())
        {
            if (((key | entry.Fold) & entry.Mask) == entry.Value && entry.Literal.StandsAt(text, at))
            {
                entry.Recognizer.Match(text, at, entry.Index, findings);
            }
        }
    }

    private static IEnumerable<int> Pairs(ulong first, ulong second)
    {
        for (; first != 0; first &= first - 1)
        {
            for (var left = second; left != 0; left &= left - 1)
            {
                yield return (BitOperations.TrailingZeroCount(first) << ClassBits) | BitOperations.TrailingZeroCount(left);
            }
        }
    }

    private static int PairOf(uint key) => (s_classes[(byte)key] << ClassBits) | s_classes[(byte)(key >> 8)];

    private static byte ClassOf(int c) =>
        (byte)(char.IsAsciiLetterUpper((char)c) ? c - 'A'
            : char.IsAsciiLetterLower((char)c) ? 26 + c - 'a'
            : char.IsAsciiDigit((char)c) ? DigitClass
            : c < 128 ? DigitClass + 1 + (c % 10)
            : OtherClass);

    private static ulong ClassesAt(Literal literal, int position)
    {
        if (position >= literal.Text.Length)
        {
            return ulong.MaxValue;
        }

        var classes = literal.IsBeyondAscii(position) ? 1ul << OtherClass : 0;
        for (var c = '\0'; c < 128; c++)
        {
            classes |= literal.Takes(position, c) ? 1ul << s_classes[c] : 0;
        }

        return classes;
    }

    /// <summary>A literal of a recogniser, with what its first four characters must be where each stands for itself.</summary>
    private readonly struct Entry
    {
        public Entry(Recognizer recognizer, int index)
        {
            Recognizer = recognizer;
            Index = index;
            Literal = recognizer.Literals[index];
            for (var i = 0; i < KeyLength; i++)
            {
                if (Literal.IsFixed(i))
                {
                    var c = Literal.Text[i];
                    var fold = Literal.Form != LiteralForm.Exact && char.IsAsciiLetter(c) ? 0x20u : 0;
                    Mask |= 0xFFu << (8 * i);
                    Fold |= fold << (8 * i);
                    Value |= (c | fold) << (8 * i);
                }
            }
        }

        public uint Mask { get; }

        public uint Fold { get; }

        public uint Value { get; }

        public Literal Literal { get; }

        public Recognizer Recognizer { get; }

        public int Index { get; }
    }
}
