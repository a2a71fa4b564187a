namespace FaultMaven.Redaction.Recognition.Personal;

/// <summary>
/// Names of persons, in prose alone, by what is in them or behind them: an initial (<c>Ada B. Lovelace</c>), an ending that surnames
/// have (<c>Ada Sigurdsson</c>), or what only people do (<c>Ada lives at</c>).
/// </summary>
internal sealed class NamePlaces : Recognizer
{
    private const int ShortestWord = 3;
    private const int Letters = 26;

    // Patronymics and other endings that are next to never those of English words or of products.
    private static readonly string[] s_endings =
    [
        "sson", "sdóttir", "dóttir", "dottir", "ssen", "nsen", "rsen", "lsen", "ová", "ský", "ská", "wski", "wska", "nski", "nska", "ński",
        "ńska", "cki", "cka", "wicz", "czyk", "enko", "chuk", "ović", "ević", "ovic", "evic", "escu", "oğlu", "oglu",
        "opoulos", "idis", "akis", "ström", "qvist", "quist", "gaard", "ssmann", "lmann", "rmann", "tmann", "kmann", "fmann", "nmann",
        "zmann", "meier", "meyer", "bauer", "äinen", "onen", "inen", "ández",
        "andez", "ínez", "inez", "érez", "erez", "ález", "alez", "íguez", "iguez", "ópez", "opez", "ómez", "omez", "eiro", "eira", "etti",
        "elli", "ucci", "acci", "shvili", "kawa", "gawa", "moto", "yama",
        "mura", "shima", "hashi", "kova", "tova", "rova", "sova", "dova", "ieva", "iyev", "ayev", "anov", "enov", "imov", "asov", "izov",
        "ukov", "ikov", "akov", "nikov",
    ];

    private static readonly string[] s_deeds =
    [
        " lives at", " lives in", " lived in", " shouted", " whispered", " told me", " told us", " told him", " told her", " asked me",
        " asked us", " emailed", " phoned", " texted", " was born", " were born",
        " works at", " works for", " works as", " worked as", " resigned", " retired", " laughed", " smiled", " replied", " promised",
        " apologized", " apologised", " has joined", " began writing",
        " wrote to", " is married", " got married", " passed away", " is on leave", " is on vacation", " is on call", " is on-call",
        " studied", " grew up", " insisted", " suggested",
    ];

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_isEnding =
        new HashSet<string>(s_endings, StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private static readonly int s_shortestEnding = s_endings.Min(ending => ending.Length);
    private static readonly int s_longestEnding = s_endings.Max(ending => ending.Length);

    public override IReadOnlyList<Literal> Literals { get; } =
    [
        .. Enumerable.Range('A', Letters).Select(initial => Literal.Exact($"{(char)initial}. ")), .. Enumerable.Range('A', Letters)
        .Select(initial => Literal.Exact($"{(char)initial} ")),
        .. s_deeds.Select(deed => Literal.Exact(deed[1..])),
    ];

    public override CharacterPatterns CharacterPatterns => CharacterPatterns.SecondCapital;

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        if (at < 2 || text[at - 1] != ' ')
        {
            return;
        }

        if (literal < 2 * Letters)
        {
            MatchInitial(text, at - 1, findings);
        }
        else
        {
            MatchDeed(text, at - 1, at + Literals[literal].Text.Length, findings);
        }
    }

    public override void MatchPattern(ReadOnlySpan<char> text, int at, CharacterPatterns pattern, FindingList findings)
    {
        var end = at + NameShape.WordLength(text, at);
        if (HasEnding(text[at..end]))
        {
            MatchEnding(text, end, findings);
        }
    }

    // "Ada B. Lovelace", "Ada B Lovelace": words of three letters or more on either side.
    private static void MatchInitial(ReadOnlySpan<char> text, int at, FindingList findings)
    {
        var next = at + (text[at + 2] == '.' ? 4 : 3);
        if (!char.IsLower(text[at - 1]) || next >= text.Length || !char.IsUpper(text[next]) || !Context.IsProse(text, at))
        {
            return;
        }

        var start = NameShape.Start(text, at, out var before);
        var end = NameShape.End(text, next, out var after);
        if (before > 0 && after > 0 && at - start >= ShortestWord && end - next >= ShortestWord)
        {
            findings.Add(FindingTypes.Person, start, end, 0.65);
        }
    }

    private static bool HasEnding(ReadOnlySpan<char> word)
    {
        for (var length = s_shortestEnding; length <= Math.Min(s_longestEnding, word.Length); length++)
        {
            if (s_isEnding.Contains(word[^length..]))
            {
                return true;
            }
        }

        return false;
    }

    private static void MatchEnding(ReadOnlySpan<char> text, int end, FindingList findings)
    {
        if (!Boundary.After(text, end) || (end < text.Length && text[end] is '-' or '_' or '/' or '@' or '(')
            || (end + 1 < text.Length && text[end] == '.' && char.IsLetter(text[end + 1])))
        {
            return;
        }

        var start = NameShape.Start(text, end, out var words);
        if (words > 1 && Context.IsProse(text, start))
        {
            findings.Add(FindingTypes.Person, start, end, 0.65);
        }
    }

    private static void MatchDeed(ReadOnlySpan<char> text, int at, int end, FindingList findings)
    {
        if (!char.IsLetter(text[at - 1]) || !Boundary.After(text, end))
        {
            return;
        }

        var start = NameShape.Start(text, at, out var words);
        if (words > 0 && at - start >= ShortestWord && Context.IsProse(text, start))
        {
            findings.Add(FindingTypes.Person, start, at, 0.6);
        }
    }
}
