namespace FaultMaven.Data.Analysis.Statements;

/// <summary>Finds what a statement is about, where its pattern does not say or says it only in general terms.</summary>
internal static class StatementObject
{
    private const int MaxSubject = 5;

    private static readonly HashSet<string> s_containers = ["table", "queue", "pool", "buffer", "cache", "list", "backlog", "space",
        "limit", "device", "slots"];

    private static readonly HashSet<string> s_general = ["file", "directory", "or", "device", "host", "name", "object", "resource", "item",
        "it", "entry", "path", "such", "the", "a"];

    /// <summary>The tokens that name the object. Null if nothing does.</summary>
    public static (int Start, int End)? Of(List<Token> tokens, Match match)
    {
        var phrase = match.Object ?? Around(tokens, match);

        return phrase is { } general && IsGeneral(tokens, general) && NameBefore(tokens, Math.Min(match.First, general.Start)) is { } name
            ? name : phrase;
    }

    /// <summary>The tokens before the first colon, if the statement follows it.</summary>
    public static (int Start, int End)? Subject(List<Token> tokens, Match match)
    {
        for (var i = 1; i < Math.Min(match.First, MaxSubject + 1); i++)
        {
            if (tokens[i].Is(":"))
            {
                return (0, i);
            }

            if (tokens[i].Is("=,;"))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>The kind of the object; where its own words do not show it, by those of the predicate, then of the subject.</summary>
    public static string Kind(List<Token> tokens, Match match, (int Start, int End)? phrase)
    {
        // "503 Service Unavailable": where the predicate names the object, its words count too.
        var end = match.Object is null ? Math.Max(phrase?.End ?? 0, match.Last + 1) : phrase?.End ?? 0;
        if (phrase is { } named && ObjectKinds.Of(tokens, named.Start, end) is { Length: > 0 } own)
        {
            // "nf_conntrack: table full": which table, the subject says.
            return named.End - named.Start == 1 && s_containers.Contains(tokens[named.Start].Text) && Subject(tokens, match) is { } owner
                && ObjectKinds.Of(tokens, owner.Start, owner.End) is { Length: > 0 } better ? better : own;
        }

        if (ObjectKinds.Of(tokens, match.First, match.Last + 1) is { Length: > 0 } predicate)
        {
            return predicate;
        }

        return Subject(tokens, match) is { } subject ? ObjectKinds.Of(tokens, subject.Start, subject.End) : "";
    }

    // "accept queue full": from the phrase before to the last word of the predicate that names a thing.
    private static (int Start, int End)? Around(List<Token> tokens, Match match)
    {
        var last = match.Last;
        while (last >= match.First && ObjectKinds.Of(tokens, last, last + 1).Length == 0)
        {
            last--;
        }

        if (last < match.First)
        {
            return NounPhrase.Before(tokens, match.First - 1);
        }

        var start = match.First;
        while (start < last && tokens[start].Form == TokenForm.Word && FunctionWords.Contains(tokens[start].Text))
        {
            start++;
        }

        return start == match.First && NounPhrase.Before(tokens, match.First - 1) is { } before && before.End == match.First
            ? (before.Start, last + 1) : (start, last + 1);
    }

    private static bool IsGeneral(List<Token> tokens, (int Start, int End) phrase)
    {
        for (var i = phrase.Start; i < phrase.End; i++)
        {
            if (tokens[i].Form != TokenForm.Word || !s_general.Contains(tokens[i].Text))
            {
                return false;
            }
        }

        return true;
    }

    // open /etc/app.toml: no such file or directory
    private static (int Start, int End)? NameBefore(List<Token> tokens, int before)
    {
        for (var i = before - 1; i >= Math.Max(0, before - 5); i--)
        {
            if (tokens[i].Form == TokenForm.Name)
            {
                return (i, i + 1);
            }
        }

        return null;
    }
}
