namespace FaultMaven.Data.Analysis.Statements;

/// <summary>A way to say something, as a line of <c>problem-language.txt</c> writes it; that file explains how.</summary>
internal sealed class Pattern
{
    private const int MaxAuxiliaries = 2;

    private readonly Element[] _elements;

    private Pattern(StatementClass statementClass, bool isWeak, Element[] elements, int anchor)
    {
        Class = statementClass;
        IsWeak = isWeak;
        _elements = elements;
        Anchor = anchor;
        Literals = elements.Count(element => element.Kind == ElementKind.Words);
    }

    public StatementClass Class { get; }

    /// <summary>True if the words alone do not show a problem.</summary>
    public bool IsWeak { get; }

    /// <summary>How many words it needs: the more, the more specific it is.</summary>
    public int Literals { get; }

    /// <summary>The element by whose words it is looked up.</summary>
    private int Anchor { get; }

    /// <summary>The words it is looked up by; with a star at the end they are beginnings.</summary>
    public IEnumerable<string> AnchorWords => _elements[Anchor].Words;

    /// <exception cref="FormatException">It is not a pattern.</exception>
    public static Pattern Parse(StatementClass statementClass, string line)
    {
        var isWeak = line.StartsWith('~');
        var elements = line.TrimStart('~').Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Element.Parse).ToArray();
        var anchor = Array.FindIndex(elements, element => element.Kind == ElementKind.Words && !element.Words.All(FunctionWords.Contains));
        anchor = anchor >= 0 ? anchor : Array.FindIndex(elements, element => element.Kind == ElementKind.Words);

        return anchor >= 0 ? new Pattern(statementClass, isWeak, elements, anchor)
            : throw new FormatException($"'{line}' has no word that it could be found by.");
    }

    /// <summary>Matches it where its anchor is token <paramref name="at"/>.</summary>
    public Match? Match(IReadOnlyList<Token> tokens, int at)
    {
        var match = new Match(this, at);

        return Forward(tokens, Anchor + 1, at + 1, match) && Backward(tokens, Anchor - 1, at - 1, match) ? match : null;
    }

    private bool Forward(IReadOnlyList<Token> tokens, int element, int at, Match match)
    {
        if (element == _elements.Length)
        {
            match.Last = Math.Max(match.Last, at - 1);
            return true;
        }

        var next = _elements[element];
        switch (next.Kind)
        {
            case ElementKind.Not:
                return !(at < tokens.Count && next.Fits(tokens[at])) && Forward(tokens, element + 1, at, match);
            case ElementKind.End:
                return ClauseEnd.Is(tokens, at) && Forward(tokens, element + 1, at, match);
            case ElementKind.Words:
                return ForwardWord(tokens, element, at, match)
                    || (Aside.End(tokens, at) is { } after && ForwardWord(tokens, element, after, match));
            case ElementKind.Optional:
                return (at < tokens.Count && next.Fits(tokens[at]) && Forward(tokens, element + 1, at + 1, match))
                    || Forward(tokens, element + 1, at, match);
            case ElementKind.Gap:
                for (var skipped = 0; skipped <= Element.MaxGap && at <= tokens.Count; skipped++)
                {
                    if (Forward(tokens, element + 1, at, match))
                    {
                        return true;
                    }

                    if (at < tokens.Count && ClauseEnd.Breaks(tokens[at]))
                    {
                        return false;
                    }

                    at = Aside.End(tokens, at) ?? at + 1;
                }

                return false;
            case ElementKind.Number:
                return at < tokens.Count && tokens[at].Form == TokenForm.Number && Forward(tokens, element + 1, at + 1, match);
            default:
                return ForwardSlot(tokens, element, at, match);
        }
    }

    private bool ForwardSlot(IReadOnlyList<Token> tokens, int element, int at, Match match)
    {
        var isLast = element + 1 == _elements.Length || _elements[element + 1].Kind == ElementKind.End;
        if (isLast)
        {
            var phrase = NounPhrase.After(tokens, at);
            if (phrase is { } found)
            {
                match.Set(_elements[element].Kind, found);
            }

            match.Last = Math.Max(match.Last, at - 1);
            return phrase is not null || Literals > 1;
        }

        for (var end = at + 1; end <= Math.Min(tokens.Count, at + Element.MaxSlot); end++)
        {
            if (tokens[end - 1].Is(ClauseEnd.Hard))
            {
                return false;
            }

            if (Forward(tokens, element + 1, end, match))
            {
                match.Set(_elements[element].Kind, (at, end));
                return true;
            }
        }

        return false;
    }

    private bool Backward(IReadOnlyList<Token> tokens, int element, int at, Match match)
    {
        if (element < 0)
        {
            match.First = Math.Min(match.First, at + 1);
            return true;
        }

        var next = _elements[element];
        switch (next.Kind)
        {
            case ElementKind.Not:
                return !(at >= 0 && next.Fits(tokens[at])) && Backward(tokens, element - 1, at, match);
            case ElementKind.Words:
                return BackwardWord(tokens, element, at, match)
                    || (Aside.Start(tokens, at) is { } before && BackwardWord(tokens, element, before - 1, match));
            case ElementKind.Optional:
                return (at >= 0 && next.Fits(tokens[at]) && Backward(tokens, element - 1, at - 1, match))
                    || Backward(tokens, element - 1, at, match);
            case ElementKind.Gap:
                for (var skipped = 0; skipped <= Element.MaxGap && at >= -1; skipped++)
                {
                    if (Backward(tokens, element - 1, at, match))
                    {
                        return true;
                    }

                    if (at >= 0 && ClauseEnd.Breaks(tokens[at]))
                    {
                        return false;
                    }

                    at = (Aside.Start(tokens, at) ?? at) - 1;
                }

                return false;
            case ElementKind.Number:
                return at >= 0 && tokens[at].Form == TokenForm.Number && Backward(tokens, element - 1, at - 1, match);
            case ElementKind.End:
                return ClauseEnd.Starts(tokens, at + 1) && Backward(tokens, element - 1, at, match);
            default:
                return BackwardSlot(tokens, element, at, match);
        }
    }

    private bool BackwardSlot(IReadOnlyList<Token> tokens, int element, int at, Match match)
    {
        if (element == 0)
        {
            var phrase = NounPhrase.Before(tokens, at);
            if (phrase is { } found)
            {
                match.Set(_elements[element].Kind, found);
            }

            match.First = Math.Min(match.First, at + 1);
            return phrase is not null || Literals > 1;
        }

        for (var start = at; start >= Math.Max(0, at - Element.MaxSlot + 1); start--)
        {
            if (tokens[start].Is(ClauseEnd.Hard))
            {
                return false;
            }

            if (Backward(tokens, element - 1, start - 1, match))
            {
                match.Set(_elements[element].Kind, (start, at + 1));
                return true;
            }
        }

        return false;
    }

    // Auxiliaries may stand before any word: "limit exceeded", "limit has been exceeded".
    private bool ForwardWord(IReadOnlyList<Token> tokens, int element, int at, Match match)
    {
        for (var skipped = 0; at < tokens.Count && skipped <= MaxAuxiliaries; skipped++, at++)
        {
            if (_elements[element].Fits(tokens[at]))
            {
                return Forward(tokens, element + 1, at + 1, match);
            }

            if (!FunctionWords.IsAuxiliary(tokens[at]))
            {
                break;
            }
        }

        return false;
    }

    private bool BackwardWord(IReadOnlyList<Token> tokens, int element, int at, Match match)
    {
        for (var skipped = 0; at >= 0 && skipped <= MaxAuxiliaries; skipped++, at--)
        {
            if (_elements[element].Fits(tokens[at]))
            {
                return Backward(tokens, element - 1, at - 1, match);
            }

            if (!FunctionWords.IsAuxiliary(tokens[at]))
            {
                break;
            }
        }

        return false;
    }
}

/// <summary>Where a pattern was found.</summary>
internal sealed class Match(Pattern pattern, int anchor)
{
    public Pattern Pattern { get; } = pattern;

    /// <summary>The first token of its words, without the slots at its ends.</summary>
    public int First { get; set; } = anchor;

    /// <summary>The last token of its words.</summary>
    public int Last { get; set; } = anchor;

    /// <summary>Tokens of what it is said of, the end exclusive.</summary>
    public (int Start, int End)? Object { get; private set; }

    /// <summary>Tokens of where or of whom it is said.</summary>
    public (int Start, int End)? Place { get; private set; }

    public bool Overlaps(Match other) => First <= other.Last && other.First <= Last;

    internal void Set(ElementKind kind, (int Start, int End) tokens)
    {
        if (kind == ElementKind.Object)
        {
            Object = tokens;
        }
        else
        {
            Place = tokens;
        }
    }
}

internal enum ElementKind
{
    Words,
    Optional,
    Not,
    Gap,
    Number,
    Object,
    Place,
    End,
}

/// <summary>One element of a pattern.</summary>
internal sealed record Element(ElementKind Kind, string[] Words)
{
    /// <summary>How many tokens <c>..</c> skips at most.</summary>
    public const int MaxGap = 4;

    /// <summary>How many tokens an object between words has at most.</summary>
    public const int MaxSlot = 7;

    public static Element Parse(string text) => text switch
    {
        ".." => new(ElementKind.Gap, []),
        "$" => new(ElementKind.End, []),
        "{object}" => new(ElementKind.Object, []),
        "{place}" => new(ElementKind.Place, []),
        "{number}" => new(ElementKind.Number, []),
        ['[', .. var words, ']'] => new(ElementKind.Optional, words.Split('|')),
        ['!', .. var words] => new(ElementKind.Not, words.Split('|')),
        _ when text.AsSpan().ContainsAny("{}[]") => throw new FormatException($"'{text}' is not an element of a pattern."),
        _ => new(ElementKind.Words, text.Split('|')),
    };

    public bool Fits(Token token) => token.Form != TokenForm.Punctuation && Array.Exists(Words, word => word.EndsWith('*')
        ? token.Text.StartsWith(word.AsSpan(0, word.Length - 1), StringComparison.Ordinal)
        : token.Text.Equals(word, StringComparison.OrdinalIgnoreCase));
}
