namespace FaultMaven.Data.Analysis.Statements;

/// <summary>Compares the rows of a table: what is at its limit, and what is unlike the others.</summary>
internal sealed class TableColumns(string[] titles)
{
    private const double Full = 0.95;
    private const double Unusual = 10;
    private const double LargeLag = 1_000;
    private const int MaxRows = 5_000;

    private static readonly HashSet<string> s_names = new(StringComparer.OrdinalIgnoreCase)
        { "name", "unit", "host", "hostname", "node", "pod", "service", "topic", "queue", "filesystem", "device", "interface", "slot_name",
            "datname", "client", "group", "member", "instance", "peer", "id", "mounted", "target" };

    private static readonly HashSet<string> s_problems = ["errors", "error", "errs", "drops", "drop", "dropped", "failed", "failures",
        "failure", "lag", "overruns", "lost", "rejected", "rejections", "evicted", "evictions", "timeouts",
        "retrans", "retransmits", "restarts", "unacked", "unacknowledged", "dead", "deadlocks", "backlog", "pending", "waiting", "overflow",
            "overflows", "discards", "behind", "stale", "retries"];

    private static readonly HashSet<string> s_workers = ["consumers", "consumer", "subscribers", "workers", "listeners", "members",
        "endpoints", "readers", "backends"];

    private static readonly HashSet<string> s_work = ["messages", "ready", "lag", "backlog", "depth", "jobs", "tasks", "pending", "length",
        "items"];

    private static readonly HashSet<string> s_uses = ["used", "current", "usage", "use", "inuse", "active", "open", "count", "allocated"];

    private static readonly HashSet<string> s_limits = ["limit", "hard", "max", "maximum", "total", "capacity", "quota", "size", "desired"];

    private readonly List<string>[] _words = [.. titles.Select(title => Tokenizer.Split(title).Where(token => token.Form == TokenForm.Word)
        .Select(token => token.Text).ToList())];
    private readonly List<(string Name, int Line, string[] Cells)> _rows = [];

    /// <summary>What kind of things the rows are, by the title of the column that names them; empty if unknown.</summary>
    public string Kind { get; } = Array.Find(titles, s_names.Contains) is { } title && Tokenizer.Split(title) is var tokens
        ? ObjectKinds.Of(tokens, 0, tokens.Count) : "";

    public string NameOf(string[] cells)
    {
        var column = Array.FindIndex(titles, s_names.Contains);
        column = column >= 0 && cells[column].Length > 0 ? column
            : Array.FindIndex(cells, static cell => cell.Length > 0 && !Amount.TryRead(cell, out _, out _));

        return column < 0 ? "" : cells[column];
    }

    /// <summary>The condition that a row is about, such as <c>DiskPressure True</c>, and its column. Null if it is about something
    /// else.</summary>
    public (int Column, string Type, string Status)? Condition(string[] cells)
    {
        var type = Array.FindIndex(titles, static title => title.Equals("type", StringComparison.OrdinalIgnoreCase)
            || title.Equals("condition", StringComparison.OrdinalIgnoreCase));
        var status = Array.FindIndex(titles, static title => title.Equals("status", StringComparison.OrdinalIgnoreCase));

        return type >= 0 && status >= 0 && cells[status] is "True" or "False" or "Unknown" ? (type, cells[type], cells[status]) : null;
    }

    public void Note(string[] cells, string name, int line)
    {
        if (_rows.Count < MaxRows)
        {
            _rows.Add((name, line, cells));
        }
    }

    public IEnumerable<(Statement Statement, int Line)> Unlike() => AtLimit().Concat(Outstanding()).Concat(Unattended());

    // messages 182344, consumers 0
    private IEnumerable<(Statement, int)> Unattended()
    {
        var workers = Array.FindIndex(_words, words => words.Count == 1 && s_workers.Contains(words[0]));
        var work = Array.FindIndex(_words, words => words.Exists(s_work.Contains));
        if (workers < 0 || work < 0 || workers == work)
        {
            yield break;
        }

        foreach (var (name, line, cells) in _rows)
        {
            if (cells[workers] == "0" && Amount.TryRead(cells[work], out var waiting, out _) && waiting > 0)
            {
                yield return (Of(StatementClass.Missing, $"{titles[workers]} of {name}",
                    $"{name}: {titles[workers]} 0, {titles[work]} {cells[work]}", titles[workers]) with { Quantity = cells[work] }, line);
            }
        }
    }

    private IEnumerable<(Statement, int)> AtLimit()
    {
        var use = Array.FindIndex(_words, words => words.Exists(s_uses.Contains) && !words.Exists(s_limits.Contains)
            && !words.Contains("percent"));
        var limit = Array.FindIndex(_words, words => words.Exists(s_limits.Contains));
        if (use < 0 || limit < 0 || Array.Exists(titles, static title => title.Contains('%', StringComparison.Ordinal)))
        {
            yield break;
        }

        foreach (var (name, line, cells) in _rows)
        {
            if (Amount.TryRead(cells[use], out var used, out var isShare) && !isShare && Amount.TryRead(cells[limit], out var most, out _)
                && most > 1 && used >= Full * most && used <= 1.5 * most)
            {
                yield return (Of(StatementClass.Exhausted, name, $"{name}: {titles[use]} {cells[use]} of {titles[limit]} {cells[limit]}",
                    titles[use]) with { Quantity = cells[use], Limit = cells[limit] }, line);
            }
        }
    }

    // One row has many of what the others have few of.
    private IEnumerable<(Statement, int)> Outstanding()
    {
        for (var column = 0; column < titles.Length; column++)
        {
            if (!_words[column].Exists(s_problems.Contains))
            {
                continue;
            }

            var values = _rows.Select(row => (row, Value: row.Cells[column].Split(' ')[0] is var cell && Amount.TryRead(cell, out var value,
                out _) ? value : 0)).ToList();
            var sorted = values.Select(pair => pair.Value).Order().ToList();
            var median = sorted.Count == 0 ? 0 : sorted[(sorted.Count - 1) / 2];
            var isLag = _words[column].Exists(static word => word is "lag" or "behind" or "backlog" or "pending" or "waiting" or "unacked");
            foreach (var (row, value) in values.Where(pair => pair.Value > 0
                && (pair.Value >= Unusual * Math.Max(median, 1) || (isLag && pair.Value >= LargeLag)))
                    .OrderByDescending(pair => pair.Value).Take(5))
            {
                var text = row.Cells[column];
                yield return (Of(isLag ? StatementClass.Behind : StatementClass.Failed, row.Name, $"{row.Name}: {titles[column]} {text}",
                    titles[column])
                    with { Quantity = text, IsWeak = !isLag && value < Unusual }, row.Line);
            }
        }
    }

    private static Statement Of(StatementClass statementClass, string name, string quote, string title)
    {
        var tokens = Tokenizer.Split($"{title} {name}");
        return new Statement(statementClass, name.Length > 0 ? name : title, quote)
        {
            ObjectKind = ObjectKinds.Of(tokens, 0, tokens.Count),
            Specificity = Specificities.Of(statementClass) + 0.12,
        };
    }
}
