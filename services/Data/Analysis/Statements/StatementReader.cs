namespace FaultMaven.Data.Analysis.Statements;

/// <summary>
/// Reads what a message says is wrong, or right again, whatever program wrote it: by the grammar of problem language, not by the
/// sentences of products. Text that says nothing of the kind gives no statement.
/// </summary>
internal static class StatementReader
{
    private const int MaxQuoteLength = 240;
    private const string Quotes = "\"'`";

    // After these comes what followed from the problem, or what is done about it.
    private static readonly HashSet<string> s_consequences =
        ["causing", "so", "therefore", "leading", "resulting", "retrying", "thus", "hence", "giving", "skipping", "aborting", "exiting",
            "will", "falling", "dropping", "rolling", "ignoring"];

    // After these comes what it is due to.
    private static readonly HashSet<string> s_reasons = ["because", "due", "cause", "caused", "reason", "desc", "err", "error", "msg",
        "message", "exception", "since"];

    /// <summary>Every statement of a message, in the order of its text.</summary>
    public static IReadOnlyList<Statement> ReadAll(ReadOnlySpan<char> message)
    {
        var tokens = Phrasing.Simplify(Tokenizer.Split(message));
        var matches = Matches(tokens);

        return matches.Count == 0 ? [] : [.. Build(message, tokens, matches)];
    }

    /// <summary>
    /// What a message says above all: of a chain such as "cannot start: load config: open /etc/a.yaml: permission denied" the innermost
    /// problem. Null if it says nothing of the kind.
    /// </summary>
    public static Statement? Read(ReadOnlySpan<char> message)
    {
        var tokens = Phrasing.Simplify(Tokenizer.Split(message));
        var matches = Matches(tokens);
        if (matches.Count == 0)
        {
            return null;
        }

        var best = matches.MaxBy(match => Importance(tokens, match))!;
        var texts = message.ToString();

        return Build(texts, tokens, best);
    }

    private static List<Match> Matches(List<Token> tokens)
    {
        var found = new List<Match>();
        for (var i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Form is not (TokenForm.Word or TokenForm.Number))
            {
                continue;
            }

            foreach (var pattern in ProblemLanguage.Shared.Find(tokens[i].Text))
            {
                if (pattern.Match(tokens, i) is { } match && !Denial.Denies(tokens, match))
                {
                    found.Add(match);
                }
            }
        }

        found.Sort(static (one, other) => Strength(other).CompareTo(Strength(one)));
        var kept = new List<Match>();
        foreach (var match in found)
        {
            if (!kept.Exists(match.Overlaps))
            {
                kept.Add(match);
            }
        }

        kept.Sort(static (one, other) => one.First.CompareTo(other.First));
        return kept;
    }

    // Which of several patterns over the same words is meant: the one with more of its own words; "failed" only if nothing else.
    private static double Strength(Match match) =>
        match.Pattern.Literals + (match.Object is null ? 0 : 0.5) - (match.Pattern.Class == StatementClass.Failed ? 1.2
            : 0) - (match.Pattern.IsWeak ? 0.3 : 0);

    private static double Importance(List<Token> tokens, Match match)
    {
        var importance = Specificities.Of(match.Pattern.Class) + (0.02 * match.Pattern.Literals) + (match.Object is null ? 0
            : 0.05) - (match.Pattern.IsWeak ? 0.15 : 0);
        for (var i = 0; i < match.First; i++)
        {
            // What a colon or "because" leads to is nearer to the cause.
            if ((tokens[i].Is(":") && i + 1 < tokens.Count && tokens[i + 1].Start > tokens[i].End)
                || (tokens[i].Form == TokenForm.Word && s_reasons.Contains(tokens[i].Text)))
            {
                importance += 0.06;
            }
            else if (tokens[i].Form == TokenForm.Word && s_consequences.Contains(tokens[i].Text))
            {
                importance -= 0.25;
            }
        }

        return importance;
    }

    private static IEnumerable<Statement> Build(ReadOnlySpan<char> message, List<Token> tokens, List<Match> matches)
    {
        var text = message.ToString();
        return matches.Select(match => Build(text, tokens, match));
    }

    private static Statement Build(string message, List<Token> tokens, Match match)
    {
        var pattern = match.Pattern;
        var phrase = StatementObject.Of(tokens, match);
        var objectText = phrase is { } found ? TextOf(message, tokens, found) : "";
        var subject = StatementObject.Subject(tokens, match) is { } named ? TextOf(message, tokens, named) : "";
        var kind = StatementObject.Kind(tokens, match, phrase);
        var (quantity, limit) = Figures.Find(tokens, match);
        var peer = Peers.Find(message, tokens, match);
        var specificity = Specificities.Of(pattern.Class) + (objectText.Length > 0 ? 0.08 : 0) + (kind.Length > 0 ? 0.06 : 0)
            + (quantity.Length + limit.Length > 0 ? 0.06 : 0) + (peer.Length > 0 ? 0.04 : 0) - (pattern.IsWeak ? 0.2 : 0);

        return new Statement(pattern.Class, objectText, Quote(message, tokens, match))
        {
            Subject = subject,
            ObjectKind = kind,
            Peer = peer,
            Quantity = quantity,
            Limit = limit,
            IsWeak = pattern.IsWeak,
            Specificity = Math.Clamp(specificity, 0, 1),
        };
    }

    private static string TextOf(string message, List<Token> tokens, (int Start, int End) phrase)
    {
        var text = message[tokens[phrase.Start].Start..tokens[phrase.End - 1].End].Trim(' ', ',', '(');
        foreach (var mark in Quotes)
        {
            // ReplicaSet "web-1" keeps its quotation marks.
            text = text.Count(mark) % 2 == 0 && !(text.StartsWith(mark) && text.EndsWith(mark)) ? text : text.Trim(mark);
        }

        // A bracket or quotation mark whose other half is outside the phrase says nothing.
        return text.Count('(') == text.Count(')') ? text : text.Trim('(', ')');
    }

    // The sentence around the match: a whole message if it is short.
    private static string Quote(string message, List<Token> tokens, Match match)
    {
        message = message.ReplaceLineEndings("\n");
        if (message.Length <= MaxQuoteLength && !message.Contains('\n', StringComparison.Ordinal))
        {
            return message.Trim();
        }

        var first = Math.Min(match.First, match.Object?.Start ?? match.First);
        var last = Math.Max(match.Last, (match.Object?.End ?? 1) - 1);
        var (start, end) = (Math.Min(tokens[first].Start, message.Length), Math.Min(tokens[last].End, message.Length));
        var lineStart = message.LastIndexOf('\n', Math.Max(0, start - 1)) + 1;
        var lineEnd = message.IndexOf('\n', end) is var feed and >= 0 ? feed : message.Length;
        if (lineEnd - lineStart > MaxQuoteLength)
        {
            var room = Math.Max(0, MaxQuoteLength - (end - start));
            lineStart = Math.Max(lineStart, start - (room * 2 / 3));
            lineEnd = Math.Min(lineEnd, lineStart + MaxQuoteLength);
        }

        return message[lineStart..Math.Max(lineStart, lineEnd)].Trim();
    }
}
