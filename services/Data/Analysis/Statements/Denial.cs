namespace FaultMaven.Data.Analysis.Statements;

/// <summary>Finds what is denied, supposed, counted or set rather than said: "no errors", "failed=0", "if the disk is full", "timeout:
/// 30s", "12 of 40 connections in use".</summary>
internal static class Denial
{
    private const int Reach = 3;

    private static readonly HashSet<string> s_denials = ["no", "not", "never", "without", "zero", "0", "none", "neither", "nor", "cannot",
        "hardly"];

    private static readonly HashSet<string> s_suppositions =
        ["if", "unless", "whether", "avoid", "avoids", "avoiding", "prevent", "prevents", "preventing", "until", "would", "should", "might",
            "could", "case", "before", "assume", "assuming", "upon", "ignore", "suppress"];

    private static readonly HashSet<string> s_nothing = ["0", "0.0", "false", "none", "null", "nil", "no", "n/a", "na", "empty", "off",
        "0%", "ok"];

    // What is set and counted by these names is not a problem by itself.
    private static readonly HashSet<string> s_settings =
    [
        "timeout", "timeouts", "limit", "retry", "retries", "threshold", "interval", "max", "policy", "handler", "mode", "level", "code",
        "codes", "page", "pages", "budget", "count", "rate", "log", "logs", "file", "path",
        "strategy", "behavior", "behaviour", "detector", "detection", "window", "ms", "seconds", "size", "check", "checks", "test", "tests",
        "reporting", "reporter", "tracking", "exporter", "format", "template", "timer", "configured", "enabled", "set", "initialized",
        "initialised", "registered", "loaded", "installed", "supported",
    ];

    // What is already there, or not there any more, and needs nothing to be done.
    private static readonly HashSet<string> s_harmless = ["skipping", "skipped", "ignoring", "ignored", "nothing", "ok"];

    public static bool Denies(List<Token> tokens, Match match)
    {
        var first = match.First;
        var start = match.Object is { } phrase && phrase.Start < first ? phrase.Start : first;
        for (var i = start; i < first; i++)
        {
            if (i - start < 2 && tokens[i].Form != TokenForm.Punctuation && s_denials.Contains(tokens[i].Text) && !IsCannot(tokens[i]))
            {
                return true;
            }
        }

        for (var i = start - 1; i >= Math.Max(0, start - Reach); i--)
        {
            if (tokens[i].Form == TokenForm.Punctuation && !tokens[i].Is("\"'`("))
            {
                break;
            }

            if (s_suppositions.Contains(tokens[i].Text) || (s_denials.Contains(tokens[i].Text) && !IsCannot(tokens[i])))
            {
                return true;
            }

            if (tokens[i].Text == "on" && i == start - 1 && match.Pattern.Literals == 1 && match.Object is null)
            {
                return true;
            }
        }

        // "If the disk is full, writes are rejected."
        for (var i = start - 1; i >= 0 && !tokens[i].Is(ClauseEnd.Hard); i--)
        {
            if (tokens[i].Text is "if" or "unless" or "whether")
            {
                return true;
            }
        }

        // Between the object and the words: "disk is not full".
        for (var i = Math.Max(0, first - 2); i < first; i++)
        {
            if (tokens[i].Text is "not" or "never" && tokens[i].Form == TokenForm.Word
                && (match.Object is null || i >= match.Object.Value.End))
            {
                return true;
            }
        }

        return IsCount(tokens, match) || IsExpected(tokens, match) || IsAssignment(tokens, match);
    }

    // 12 of 40 connections in use
    private static bool IsCount(List<Token> tokens, Match match) =>
        match.Pattern.Class == StatementClass.Conflict && match.Object is { } phrase && tokens[phrase.Start].Form == TokenForm.Number
            && !tokens.GetRange(match.First, match.Last - match.First + 1).Exists(static token => token.Text == "already");

    // relation "orders" already exists, skipping
    private static bool IsExpected(List<Token> tokens, Match match)
    {
        var next = match.Last + 1;
        return next + 1 < tokens.Count && tokens[next].Is(",;(") && s_harmless.Contains(tokens[next + 1].Text)
            && tokens.GetRange(match.First, match.Last - match.First + 1)
                .Exists(static token => token.Text.StartsWith("exist", StringComparison.Ordinal));
    }

    private static bool IsCannot(Token token) => token.Text == "cannot";

    // failed=0 | errors: none | timeout=30s | "retry_on_failure": true | error_log
    private static bool IsAssignment(List<Token> tokens, Match match)
    {
        var next = match.Last + 1;
        var inCompound = false;
        while (next < tokens.Count && tokens[next].Joined)
        {
            inCompound = true;
            if (s_settings.Contains(tokens[next].Text))
            {
                return true;
            }

            next++;
        }

        if (next < tokens.Count && tokens[next].Form == TokenForm.Word && match.Pattern.Literals <= 2
            && s_settings.Contains(tokens[next].Text))
        {
            return true;
        }

        while (next < tokens.Count && tokens[next].Is("\"'`"))
        {
            next++;
        }

        if (next >= tokens.Count || !tokens[next].Is("=:"))
        {
            return false;
        }

        var isEquals = tokens[next].Is("=");
        next++;
        while (next < tokens.Count && tokens[next].Is("\"'`["))
        {
            next++;
        }

        if (next >= tokens.Count)
        {
            return false;
        }

        var value = tokens[next].Text;
        return s_nothing.Contains(value) || (value == "]") || (isEquals && value is "true" or "yes" or "on")
            || (tokens[next].Form == TokenForm.Number
                && (match.Pattern.Class == StatementClass.TimedOut || inCompound || IsSetting(tokens, match)));
    }

    // max_retries=5 | --lock-timeout=120s
    private static bool IsSetting(List<Token> tokens, Match match) =>
        (tokens[match.Last].Joined && s_settings.Contains(tokens[match.Last].Text))
        || tokens.GetRange(match.First, match.Last - match.First + 1).TrueForAll(static token => s_settings.Contains(token.Text));
}
