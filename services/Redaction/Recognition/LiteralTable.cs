using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace FaultMaven.Redaction.Recognition;

/// <summary>
/// The literals that may start at a place, by its first characters. Three of them look up one bit, which nearly all places that ordinary
/// text offers fail. Where it is set, its rank among the set bits finds a short list, and each literal in it is compared as a whole.
/// </summary>
internal sealed class LiteralTable
{
    // Letters have classes of their own, all digits share one, other ASCII shares ten, the rest has one.
    private const int Classes = 64;
    private const int ClassBits = 6;
    private const int DigitClass = 52;
    private const int OtherClass = 63;

    private static readonly byte[] s_classes = [.. Enumerable.Range(0, 256).Select(ClassOf)];

    private static readonly char[] s_capitals = [.. Enumerable.Range(0, char.MaxValue + 1).Select(c => char.ToUpperInvariant((char)c))];

    private readonly Entry[] _entries;
    private readonly BitArray _firsts = new(char.MaxValue + 1);
    private readonly ulong[] _bits = new ulong[Classes * Classes];
    private readonly Literals[][] _lists = new Literals[Classes * Classes][];

    /// <param name="recognizers">Whose literals.</param>
    /// <param name="start">Which of them.</param>
    public LiteralTable(IReadOnlyList<Recognizer> recognizers, LiteralStart start)
    {
        _entries =
        [
            .. recognizers.SelectMany(r =>
            r.Literals.Select((literal, i) => (Literal: literal, Entry: new Entry(new LiteralPattern(literal), r, i))))
                .Where(l => l.Literal.Start == start).Select(l => l.Entry),
        ];

        var lists = new List<int>?[Classes * Classes, Classes];
        for (var i = 0; i < _entries.Length; i++)
        {
            var literal = _entries[i].Recognizer.Literals[_entries[i].Literal];
            AddFirst(literal);
            foreach (var pair in Pairs(ClassesAt(literal, 0), ClassesAt(literal, 1)))
            {
                var third = ClassesAt(literal, 2);
                _bits[pair] |= third;
                for (; third != 0; third &= third - 1)
                {
                    (lists[pair, BitOperations.TrailingZeroCount(third)] ??= []).Add(i);
                }
            }
        }

        for (var pair = 0; pair < _lists.Length; pair++)
        {
            _lists[pair] = [.. Enumerable.Range(0, Classes).Select(third => lists[pair, third]).OfType<List<int>>().Select(LiteralsOf)];
        }
    }

    /// <summary>1 where a literal may start with these characters, else 0.</summary>
    /// <param name="characters">Three of them or more, as in <see cref="Ask"/>.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong MayStand(ReadOnlySpan<byte> characters) => _bits[PairOf(characters)] >> s_classes[characters[2]] & 1;

    /// <summary>Asks the recognisers whose literals are at a place, where one may.</summary>
    /// <param name="characters">The characters from this place on as bytes, 16 or more: what isn't ASCII is 128 or more, and zeros follow
    /// the end of the text.</param>
    /// <param name="text">The text.</param>
    /// <param name="at">The place in it.</param>
    /// <param name="findings">Where findings go.</param>
    public void Ask(ReadOnlySpan<byte> characters, ReadOnlySpan<char> text, int at, FindingList findings)
    {
        if (!_firsts[text[at]])
        {
            return;
        }

        var pair = PairOf(characters);
        var below = (1ul << s_classes[characters[2]]) - 1;
        ref readonly var literals = ref _lists[pair][BitOperations.PopCount(_bits[pair] & below)];
        if ((literals.Fourths >> s_classes[characters[3]] & 1) == 0)
        {
            return;
        }

        var first = Vector128.Create(characters);
        var kinds = new CharacterKinds(first);
        foreach (var index in literals.Entries)
        {
            ref readonly var entry = ref _entries[index];
            if (entry.Pattern.MayStand(first, kinds) && (entry.Pattern.IsDecided || entry.Pattern.Stands(text[at..])))
            {
                entry.Recognizer.Match(text, at, entry.Literal, findings);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int PairOf(ReadOnlySpan<byte> characters) => (s_classes[characters[0]] << ClassBits) | s_classes[characters[1]];

    // The classes do not distinguish characters beyond ASCII, and a text may consist of them.
    private void AddFirst(Literal literal)
    {
        if (!literal.IsBeyondAscii(0))
        {
            for (var c = '\0'; c < 128; c++)
            {
                _firsts[c] |= literal.Takes(0, c);
            }

            return;
        }

        var first = literal.Text[0];
        _firsts[first] = true;
        for (var from = 128; literal.Form != LiteralForm.Exact && s_capitals.AsSpan(from).IndexOf(s_capitals[first]) is var next and >= 0;
            from += next + 1)
        {
            _firsts[from + next] = true;
        }
    }

    private Literals LiteralsOf(List<int> entries) =>
        new([.. entries], entries.Aggregate(0ul, (classes, i) => classes
            | ClassesAt(_entries[i].Recognizer.Literals[_entries[i].Literal], 3)));

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

    /// <summary>A literal of a recogniser. Fields, because a property would copy the pattern each time it is compared.</summary>
    private readonly struct Entry(LiteralPattern pattern, Recognizer recognizer, int literal)
    {
        public readonly LiteralPattern Pattern = pattern;
        public readonly Recognizer Recognizer = recognizer;
        public readonly int Literal = literal;
    }

    /// <summary>Literals that start with the same classes of characters.</summary>
    /// <param name="Entries">Which they are.</param>
    /// <param name="Fourths">The classes that their fourth characters are of, one bit each.</param>
    private readonly record struct Literals(int[] Entries, ulong Fourths);
}
