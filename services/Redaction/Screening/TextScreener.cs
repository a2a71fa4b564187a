using System.Buffers;
using System.Collections.Frozen;
using System.Text;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Screening;

/// <summary>
/// Finds the passages of a text that speak to a language model rather than to people, in time proportional to its length: literals are looked for in one pass, and
/// only around them a form is compared, in a window of fixed size.
/// </summary>
internal static class TextScreener
{
    /// <summary>How far a passage reaches from where it shows, at most.</summary>
    private const int MaxLength = 500;

    // A search of 24 tells them apart by their first three characters alone; eight such searches take a third of the time of one for all.
    private const int MaxLiterals = 24;

    private static readonly ScreeningRule[] s_rules = [.. OverrideRules.All, .. MarkerRules.All, .. LureRules.All];
    private static readonly SearchValues<string>[] s_literals = Literals(literal => Ascii.IsValid(literal));
    private static readonly SearchValues<string>[] s_foreignLiterals = Literals(literal => !Ascii.IsValid(literal));

    // By the capital of their first character.
    private static readonly FrozenDictionary<char, (string Literal, ScreeningRule Rule)[]> s_byFirst = s_rules
        .SelectMany(rule => rule.Literals, (rule, literal) => (Literal: literal, Rule: rule))
        .GroupBy(pair => char.ToUpperInvariant(pair.Literal[0]))
        .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    /// <summary>Fills <paramref name="passages"/> with the passages of a text, in order and disjoint.</summary>
    public static void Screen(ReadOnlySpan<char> text, PassageList passages)
    {
        passages.Clear();
        if (Ascii.IsValid(text))
        {
            FindWordings(text, s_literals, passages);
        }
        else
        {
            ScreenAsItLooks(text, passages);
            HiddenText.Find(text, passages);
        }

        EncodedWording.Find(text, passages);
        passages.Settle();
    }

    /// <summary>Adds the passages that show by what they say.</summary>
    public static void FindWordings(ReadOnlySpan<char> text, PassageList passages) => FindWordings(text, s_literals, passages);

    /// <summary>Where a passage ends that shows at a place.</summary>
    public static int EndOf(ReadOnlySpan<char> text, int at) => TextPlace.LineEnd(text, at, MaxLength);

    private static void FindWordings(ReadOnlySpan<char> text, SearchValues<string>[] sets, PassageList passages)
    {
        foreach (var literals in sets)
        {
            FindWordings(text, literals, passages);
        }
    }

    private static void FindWordings(ReadOnlySpan<char> text, SearchValues<string> literals, PassageList passages)
    {
        for (var from = 0; from < text.Length && text[from..].IndexOfAny(literals) is var next and >= 0;)
        {
            var at = from + next;
            from = at + 1;
            if (FindAt(text, at) is var (rule, start))
            {
                // What follows in the same line is the demand itself.
                from = Math.Max(from, EndOf(text, at));
                passages.Add(rule.Kind, start, from);
            }
        }
    }

    private static (ScreeningRule Rule, int Start)? FindAt(ReadOnlySpan<char> text, int at)
    {
        if (s_byFirst.TryGetValue(char.ToUpperInvariant(text[at]), out var candidates))
        {
            foreach (var (literal, rule) in candidates)
            {
                if (text[at..].StartsWith(literal, StringComparison.OrdinalIgnoreCase) && rule.Match(text, at) is var start and >= 0)
                {
                    return (rule, start);
                }
            }
        }

        return null;
    }

    // "i\u200bgnore", full-width and look-alike letters: it is read as it looks, and flagged as it is.
    private static void ScreenAsItLooks(ReadOnlySpan<char> text, PassageList passages)
    {
        if (!Disguises.AreIn(text))
        {
            FindWordings(text, s_literals, passages);
            FindWordings(text, s_foreignLiterals, passages);
            return;
        }

        var plain = ArrayPool<char>.Shared.Rent(text.Length);
        var hidden = ArrayPool<int>.Shared.Rent(text.Length);
        try
        {
            var count = Disguises.Undo(text, plain, hidden, out var hiddenCount);
            var found = new PassageList();
            FindWordings(plain.AsSpan(0, count), s_literals, found);
            FindWordings(plain.AsSpan(0, count), s_foreignLiterals, found);
            for (var i = 0; i < found.Count; i++)
            {
                var (kind, start, end) = found[i];
                passages.Add(kind, OriginOf(start), end == count ? text.Length : OriginOf(end));
            }

            int OriginOf(int place) => Disguises.OriginOf(hidden.AsSpan(0, hiddenCount), place);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(plain, clearArray: true);
            ArrayPool<int>.Shared.Return(hidden);
        }
    }

    private static SearchValues<string>[] Literals(Func<string, bool> isWanted) =>
    [
        .. s_rules.SelectMany(rule => rule.Literals).Where(isWanted).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)
            .Chunk(MaxLiterals).Select(literals => SearchValues.Create(literals, StringComparison.OrdinalIgnoreCase)),
    ];
}
