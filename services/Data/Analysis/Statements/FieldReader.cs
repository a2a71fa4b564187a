using System.Globalization;

namespace FaultMaven.Data.Analysis.Statements;

/// <summary>
/// Reads what a field says: a line <c>Key: value</c> of a sheet, a cell of a table, a leaf of a document. The key says what is meant, the
/// value whether it is as it should be: <c>synchronized: no</c>, <c>Endpoints: &lt;none&gt;</c>, <c>READY 0/3</c>, <c>Use% 97%</c>.
/// </summary>
internal static class FieldReader
{
    private const double Full = 95;
    private const double NearlyFull = 90;

    // A state is always that of something named.
    private const double ForName = 0.1;

    // A sentence has more words than a key and its value.
    private const int MinBlanks = 3;

    // Keys that should say yes, and what it means when they don't.
    private static readonly Dictionary<string, StatementClass> s_expected = new(StringComparer.Ordinal)
    {
        ["synchronized"] = StatementClass.Diverged,
        ["synchronised"] = StatementClass.Diverged,
        ["sync"] = StatementClass.Diverged,
        ["synced"] = StatementClass.Diverged,
        ["ready"] = StatementClass.Lost,
        ["healthy"] = StatementClass.Lost,
        ["available"] = StatementClass.Lost,
        ["running"] = StatementClass.Crashed,
        ["alive"] = StatementClass.Lost,
        ["up"] = StatementClass.Lost,
        ["online"] = StatementClass.Lost,
        ["connected"] = StatementClass.Lost,
        ["reachable"] = StatementClass.Unreachable,
        ["valid"] = StatementClass.Invalid,
        ["succeeded"] = StatementClass.Failed,
        ["success"] = StatementClass.Failed,
        ["accepted"] = StatementClass.Refused,
        ["allowed"] = StatementClass.Denied,
        ["schedulable"] = StatementClass.Lost,
        ["established"] = StatementClass.Lost,
        ["bound"] = StatementClass.Missing,
        ["active"] = StatementClass.Lost,
        ["resolved"] = StatementClass.Unreachable,
    };

    private static readonly HashSet<string> s_no = new(StringComparer.OrdinalIgnoreCase) { "no", "false", "f", "off", "never", "0" };

    private static readonly HashSet<string> s_nothing = new(StringComparer.OrdinalIgnoreCase) { "<none>", "none", "<unset>", "<pending>",
        "<missing>", "(none)", "null", "[]", "<unknown>", "<nil>", "<empty>" };

    // Keys that must name something for the thing to work.
    private static readonly HashSet<string> s_needed = new(StringComparer.Ordinal) { "endpoints", "endpoint", "addresses", "leader",
        "primary", "master", "coordinator", "gateway", "nameserver", "volume", "claim", "controller", "address" };

    private static readonly HashSet<string> s_stateKeys = new(StringComparer.Ordinal)
    {
        "status", "state", "health", "phase", "condition", "result", "conclusion", "outcome", "active", "sub", "load", "mode", "link",
        "overall", "verdict", "reason", "wait", "availability", "stage", "carrier", "conditions",
    };

    // Single words that are problems where a state is given, and only there.
    private static readonly Dictionary<string, StatementClass> s_states = new(StringComparer.Ordinal)
    {
        ["down"] = StatementClass.Lost,
        ["offline"] = StatementClass.Lost,
        ["unhealthy"] = StatementClass.Lost,
        ["unreachable"] = StatementClass.Unreachable,
        ["unavailable"] = StatementClass.Unreachable,
        ["lost"] = StatementClass.Lost,
        ["dead"] = StatementClass.Crashed,
        ["failed"] = StatementClass.Failed,
        ["failure"] = StatementClass.Failed,
        ["failing"] = StatementClass.Failed,
        ["error"] = StatementClass.Failed,
        ["errored"] = StatementClass.Failed,
        ["err"] = StatementClass.Failed,
        ["inactive"] = StatementClass.Lost,
        ["degraded"] = StatementClass.Corrupt,
        ["faulted"] = StatementClass.Corrupt,
        ["pending"] = StatementClass.Behind,
        ["blocked"] = StatementClass.Conflict,
        ["stuck"] = StatementClass.Behind,
        ["stalled"] = StatementClass.Behind,
        ["suspended"] = StatementClass.Behind,
        ["expired"] = StatementClass.Expired,
        ["evicted"] = StatementClass.Lost,
        ["crashed"] = StatementClass.Crashed,
        ["killed"] = StatementClass.Crashed,
        ["critical"] = StatementClass.Failed,
        ["broken"] = StatementClass.Failed,
        ["locked"] = StatementClass.Conflict,
        ["full"] = StatementClass.Exhausted,
        ["incomplete"] = StatementClass.Unreachable,
        ["stale"] = StatementClass.Diverged,
        ["outofsync"] = StatementClass.Diverged,
        ["unsynchronized"] = StatementClass.Diverged,
        ["terminated"] = StatementClass.Crashed,
        ["invalid"] = StatementClass.Invalid,
        ["rejected"] = StatementClass.Refused,
        ["denied"] = StatementClass.Denied,
        ["disconnected"] = StatementClass.Lost,
        ["unknown"] = StatementClass.Lost,
        ["notready"] = StatementClass.Lost,
        ["progressing"] = StatementClass.Behind,
        ["aborted"] = StatementClass.Crashed,
        ["draining"] = StatementClass.Lost,
        ["cordoned"] = StatementClass.Lost,
        ["red"] = StatementClass.Lost,
        ["notsynchronised"] = StatementClass.Diverged,
        ["notsynchronized"] = StatementClass.Diverged,
        ["idleintransaction"] = StatementClass.Conflict,
        ["pendinginstall"] = StatementClass.Behind,
        ["pendingupgrade"] = StatementClass.Behind,
        ["pendingrollback"] = StatementClass.Behind,
    };

    private static readonly HashSet<string> s_levels = new(StringComparer.Ordinal)
        { "error", "err", "warn", "warning", "fatal", "critical", "info", "debug", "notice", "panic", "exception", "note", "hint", "caused",
            "by", "message", "msg", "reason", "detail", "details", "description", "cause" };

    /// <summary>What the field says. Null if it says nothing of a problem.</summary>
    /// <param name="key">The key, or the title of the column.</param>
    /// <param name="value">The value.</param>
    /// <param name="owner">What the field is of: the name of the row, or of the thing described. May be empty.</param>
    public static Statement? Read(string key, string value, string owner)
    {
        value = value.Trim().Trim('"', '\'', ',');
        if (value.Length == 0)
        {
            return null;
        }

        var words = Tokenizer.Split(key).Where(token => token.Form == TokenForm.Word).Select(token => token.Text).ToList();
        if (words.Count > 0 && words.TrueForAll(s_levels.Contains))
        {
            // "error: …" introduces a message.
            return StatementReader.Read(value) is not { } said ? null
                : value.Contains(' ', StringComparison.Ordinal) ? said with { Subject = owner.Length > 0 ? owner : said.Subject }
                : Code(said with { Subject = owner.Length > 0 ? owner : said.Subject }, owner, key, value);
        }

        var subject = owner.Length > 0 ? owner : key;
        return Expectation(words, key, value, subject) ?? Emptiness(words, key, value, owner) ?? State(words, key, value, subject)
            ?? Share(words, key, value, subject) ?? Message(words, key, value, owner);
    }

    /// <summary>
    /// Reads a condition: what should be, or should not be, and whether it is, such as <c>Ready False</c> or <c>DiskPressure True</c>.
    /// </summary>
    /// <param name="type">What the condition is.</param>
    /// <param name="status">Whether it holds.</param>
    /// <param name="owner">What it is a condition of. May be empty.</param>
    /// <param name="statement">What it says is wrong; null if nothing.</param>
    /// <returns>True if nothing is wrong, so that what explains the condition is not a problem either.</returns>
    public static bool IsMet(string type, string status, string owner, out Statement? statement)
    {
        statement = null;
        var isTrue = status.Equals("true", StringComparison.OrdinalIgnoreCase);
        if (!isTrue && !status.Equals("false", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        var words = Tokenizer.Split(type).Where(token => token.Form == TokenForm.Word).Select(token => token.Text).ToList();
        if (words.Count > 0 && s_expected.ContainsKey(words[^1]))
        {
            statement = Expectation(words, type, status, owner.Length > 0 ? owner : type);
            return isTrue;
        }

        if (StatementReader.Read(type) is not { IsProblem: true } problem)
        {
            return false;
        }

        statement = isTrue ? problem with { Subject = owner, Quote = Say(owner, type, status) } : null;
        return !isTrue;
    }

    /// <summary>Of what the fields of one thing say, each once: a code such as <c>ProgressDeadlineExceeded</c> says no more than the
    /// sentence that explains it.</summary>
    public static IEnumerable<Statement> Once(IEnumerable<Statement> statements)
    {
        foreach (var same in statements.GroupBy(statement => statement.Class))
        {
            var kinds = new HashSet<string>(StringComparer.Ordinal);
            foreach (var statement in same.OrderByDescending(statement => statement.Specificity)
                .ThenByDescending(statement => statement.Quote.AsSpan().Count(' ')))
            {
                if (kinds.Count == 0 || (statement.Quote.AsSpan().Count(' ') >= MinBlanks && !kinds.Contains(statement.ObjectKind)))
                {
                    kinds.Add(statement.ObjectKind);
                    yield return statement;
                }
            }
        }
    }

    // System clock synchronized: no | READY 0/3
    private static Statement? Expectation(List<string> words, string key, string value, string subject)
    {
        if (words.Count == 0 || words.Count > 5 || !s_expected.TryGetValue(words[^1], out var meaning))
        {
            return null;
        }

        if (s_no.Contains(value))
        {
            return NotMet(Of(meaning, subject == key ? string.Join(' ', words) : subject, Say(subject, key, value), key));
        }

        var slash = value.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && int.TryParse(value.AsSpan(0, slash), CultureInfo.InvariantCulture, out var have)
            && int.TryParse(value.AsSpan(slash + 1), CultureInfo.InvariantCulture, out var want) && have < want
            ? NotMet(Of(meaning, subject, Say(subject, key, value), key)) with
            {
                Quantity = have.ToString(CultureInfo.InvariantCulture),
                Limit = want.ToString(CultureInfo.InvariantCulture),
            }
            : null;
    }

    private static Statement? Emptiness(List<string> words, string key, string value, string owner) =>
        s_nothing.Contains(value) && words.Count is > 0 and <= 3 && s_needed.Contains(words[^1])
            ? Of(StatementClass.Missing, owner.Length > 0 ? $"{key} of {owner}" : key, Say(owner, key, value), key)
            : null;

    private static Statement? State(List<string> words, string key, string value, string subject)
    {
        if (words.Count is 0 or > 4 || !s_stateKeys.Contains(words[^1]))
        {
            return null;
        }

        // "active (running)", "failed (Result: exit-code) since …", "OutOfSync", "NotReady,SchedulingDisabled"
        var said = Tokenizer.Split(value);
        var compact = string.Concat(said.Where(token => token.Form == TokenForm.Word).Take(3).Select(token => token.Text));
        if (s_states.TryGetValue(compact, out var whole))
        {
            return Of(whole, subject, Say(subject, key, value), key);
        }

        if (said.Count > 0 && said[0].Form == TokenForm.Word && s_states.TryGetValue(said[0].Text, out var first)
            && (said.Count == 1 || !said[1].Joined))
        {
            return Of(first, subject, Say(subject, key, value), key);
        }

        return StatementReader.Read(value) is { IsProblem: true } statement
            ? statement with { Object = statement.Object.Length > 0 ? statement.Object : subject, Subject = subject,
                Quote = Say(subject, key, value) }
            : null;
    }

    // Use%: 97%
    private static Statement? Share(List<string> words, string key, string value, string subject)
    {
        if (!Amount.TryRead(value, out var amount, out var isPercent)
            || !(isPercent || key.Contains('%', StringComparison.Ordinal) || words.Contains("percent") || words.Contains("pct")))
        {
            return null;
        }

        var isUse = words.Exists(static word => word is "use" or "used" or "usage" or "utilization" or "utilisation" or "util" or "full"
            or "iuse" or "capacity" or "cap" or "allocated" or "fill");
        var isRest = words.Exists(static word => word is "free" or "avail" or "available" or "idle" or "remaining" or "left");
        var share = isUse ? amount : isRest ? 100 - amount : 0;

        return share >= NearlyFull && share <= 100.5
            ? Of(StatementClass.Exhausted, subject, Say(subject, key, value), key) with { Quantity = value, IsWeak = share < Full
                || words.Contains("cpu") || words.Contains("memory") }
            : null;
    }

    private static Statement? Message(List<string> words, string key, string value, string owner)
    {
        // A value with words of its own is read as what it is: a message.
        if (value.Contains(' ', StringComparison.Ordinal) || words.Count == 0)
        {
            return StatementReader.Read(value) is { } statement ? statement with { Subject = owner.Length > 0 ? owner : statement.Subject }
                : null;
        }

        // CrashLoopBackOff, ERR_CONNECTION_REFUSED
        return value.Length > 4 && char.IsLetter(value[0]) && StatementReader.Read(value) is { IsProblem: true, IsWeak: false,
            Class: not StatementClass.Failed } state
            ? Code(state with { Object = owner.Length > 0 ? owner : state.Object, Subject = owner }, owner, key, value)
            : null;
    }

    // That something is not ready is what every cause leads to.
    private static Statement NotMet(Statement statement) => statement.Class == StatementClass.Lost
        ? statement with { Specificity = Specificities.OfNotReady } : statement;

    // A word that programs write for a state.
    private static Statement Code(Statement statement, string owner, string key, string value) => statement with
    {
        Quote = Say(owner, key, value),
        Specificity = Math.Min(statement.Specificity, Specificities.OfWord(statement.Class) + ForName),
    };

    private static string Say(string owner, string key, string value) => owner.Length > 0 && owner != key ? $"{owner}: {key} {value}"
        : $"{key}: {value}";

    private static Statement Of(StatementClass statementClass, string thing, string quote, string key)
    {
        var tokens = Tokenizer.Split($"{thing} {key}");
        return new Statement(statementClass, thing, quote)
        {
            ObjectKind = ObjectKinds.Of(tokens, 0, tokens.Count),
            Specificity = Math.Clamp(Specificities.OfWord(statementClass) + ForName, 0, 1),
        };
    }
}
