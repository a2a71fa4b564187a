using System.Collections.Frozen;

namespace FaultMaven.Data.Analysis.Templates;

/// <summary>
/// Words that say what happened, and so are never values that could be masked: "listener started" and "listener stopped" must not
/// become one. Stems, so that one entry covers <c>start</c>, <c>started</c> and <c>starting</c>.
/// </summary>
internal static class OppositeWords
{
    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_stems = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        [
            "start", "stop", "open", "clos", "connect", "disconnect", "reconnect", "succeed", "success", "successful", "successfully",
            "fail", "failure", "enabl", "disabl", "enable", "disable", "up", "down", "begin", "began", "end", "finish", "complet",
            "complete",
            "creat", "create", "delet", "delete", "remov", "remove", "add", "insert", "acquir", "acquire", "releas", "release", "lock",
            "unlock",
            "accept", "reject", "deni", "deny", "allow", "grant", "revok", "enter", "leav", "leave", "exit", "join", "attach", "detach",
            "mount", "unmount", "load", "unload", "register", "unregister", "deregister", "subscrib", "unsubscrib", "login", "logout",
            "read", "write", "writ", "send", "sent", "receiv", "receive", "paus", "pause", "resum", "resume", "suspend", "activ",
            "inactive",
            "activate", "deactivate", "online", "offline", "healthy", "unhealthy", "ready", "unready", "available", "unavailable", "valid",
            "invalid", "found", "missing",
            "commit", "rollback", "abort", "increas", "decreas", "grow", "shrink", "push", "pull", "get", "put", "post", "patch", "head",
            "options",
            "first", "last", "min", "max", "minimum", "maximum", "before", "after", "input", "output", "on", "off", "yes", "no", "ok",
            "error",
            "warn", "warning", "info", "debug", "primary", "secondary", "master", "slave", "replica", "leader", "follower", "client",
            "server", "source", "target",
            "local", "remote", "hit", "miss", "slow", "fast", "new", "old", "running", "dead", "alive", "passed", "timeout",
        ]).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>True if at least two of <paramref name="words"/> say what happened.</summary>
    public static bool AnyAmong(IEnumerable<string> words)
    {
        var found = 0;
        foreach (var word in words)
        {
            found += IsTelling(word) ? 1 : 0;
        }

        return found >= 2;
    }

    /// <summary>True if <paramref name="text"/>, or its first word, says what happened.</summary>
    public static bool IsTelling(ReadOnlySpan<char> text)
    {
        var end = text.IndexOf(' ');
        var word = end < 0 ? text : text[..end];
        return IsTellingWord(word);
    }

    private static bool IsTellingWord(ReadOnlySpan<char> word) =>
        s_stems.Contains(word) || (Without(word, "ed", out var stem) && s_stems.Contains(stem))
            || (Without(word, "ing", out stem) && s_stems.Contains(stem))
        || (Without(word, "es", out stem) && s_stems.Contains(stem)) || (Without(word, "s", out stem) && s_stems.Contains(stem))
        || (Without(word, "d", out stem) && s_stems.Contains(stem))
        || (Without(word, "ping", out stem) && s_stems.Contains(string.Concat(stem, "p")))
            || (Without(word, "ped", out stem) && s_stems.Contains(string.Concat(stem, "p")));

    private static bool Without(ReadOnlySpan<char> word, string ending, out ReadOnlySpan<char> stem)
    {
        var ends = word.Length > ending.Length + 1 && word.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
        stem = ends ? word[..^ending.Length] : default;
        return ends;
    }
}
