using System.Globalization;
using FaultMaven.Data.Analysis.Documents.Metrics;
using FaultMaven.Data.Analysis.Measures;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.DatabaseLoad;

/// <summary>
/// Reads how many sessions were active in a database, and which statements, waits and users they were:
/// <c>{"db_load": {"timestamps": […], "values": […]}, "top_sql": [{"statement": …, "db_load_avg": 4.8}]}</c>.
/// </summary>
internal sealed class DatabaseLoadReader : IDocumentReader
{
    private const double Dominant = 0.5;

    /// <summary>Under load, a statement is worth naming from this share on.</summary>
    private const double Notable = 0.3;

    /// <summary>Fewer active sessions than this keep no database busy that is in earnest use.</summary>
    private const double HarmlessLoad = 4;

    private static readonly string[] s_loads = ["db_load", "database_load", "load", "aas", "average_active_sessions", "db_load_avg"];
    private static readonly string[] s_statements =
        ["top_sql", "top_sqls", "top_statements", "top_queries", "statements", "queries", "slow_queries", "top_digests"];
    private static readonly string[] s_waits = ["top_wait_events", "top_waits", "wait_events", "waits"];
    private static readonly string[] s_users = ["top_users", "users"];
    private static readonly string[] s_amounts =
        ["db_load_avg", "db_load", "load", "aas", "avg_active_sessions", "total_time_ms", "total_exec_time", "total_time", "value"];
    private static readonly string[] s_texts = ["statement", "sql", "query", "sql_text", "digest_text", "text", "name"];

    public void Read(Node root, SignalBuilder signals, CancellationToken cancellationToken)
    {
        foreach (var (node, _) in root.Walk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (node.IsMap
                && (node.First("top_sql", "top_wait_events", "top_statements", "top_queries", "db_load", "slow_queries",
                "top_waits") is { Kind: NodeKind.List or NodeKind.Map }))
            {
                ReadLoad(node, signals);
            }
        }
    }

    private static void ReadLoad(Node node, SignalBuilder signals)
    {
        var instance = node.TextOf("db_instance_identifier", "instance", "identifier", "db_instance", "database", "resource_id");
        var subject = instance.Length > 0 ? $"instance/{instance}" : "database";
        var standing = JudgeLoad(node, subject, signals);
        var isHigh = standing == Standing.High;
        JudgeShares(node.First(s_statements), isHigh, (item, share, load) =>
            Statement(node, item, share, load, standing, subject, signals));
        JudgeShares(node.First(s_waits), isHigh, (item, share, load) =>
        {
            var name = item.First("name", "wait_event", "event", "wait");
            Add("db.wait_dominant",
                $"The wait event {name?.Text} makes up {Percent(share)} of the load of the database (load {load.Text}).", item, load,
                standing, subject, signals,
                [("wait", name?.Text), ("wait_type", item.TextOf("type", "wait_type", "wait_event_type")), ("load", load.Text),
                    ("share", share.ToString("0.##", CultureInfo.InvariantCulture))]);
        });
        JudgeShares(node.First(s_users), isHigh, (item, share, load) =>
            Add("db.user_dominant",
                $"The user {item.TextOf("name", "user", "id")} causes {Percent(share)} of the load of the database (load {load.Text}).",
                item, load, standing, subject, signals,
                [("user", item.TextOf("name", "user", "id")), ("load", load.Text)]));
    }

    private enum Standing
    {
        Unknown,
        Normal,
        High,
    }

    /// <summary>Judges the load: it is high above the processors there are, or, where they are unknown, many times what it was.</summary>
    private static Standing JudgeLoad(Node node, string subject, SignalBuilder signals)
    {
        var load = node.First(s_loads);
        var values = load?.First("values", "data") ?? load;
        var times = load?.First("timestamps", "times");
        if (values is not { IsList: true })
        {
            return Standing.Unknown;
        }

        var series = new MetricSeries("db_load", load!.TextOf("unit"), "", load);
        for (var i = 0; i < values.Items.Count; i++)
        {
            var item = values.Items[i];
            series.Add(item.First("value", "average", "avg") ?? item, item.First("timestamp", "time")
                ?? (times is not null && i < times.Items.Count ? times.Items[i] : null));
        }

        series.Sorted();
        if (series.Points.Count == 0)
        {
            return Standing.Unknown;
        }

        var points = series.Points;
        var numbers = points.ConvertAll(point => point.Value);
        var ending = SampleStatistics.Median(numbers.Skip(Math.Max(0, numbers.Count - 3)));
        var beginning = SampleStatistics.Median(numbers.Take(2));
        var highest = numbers.Max();
        var peak = numbers.IndexOf(highest);
        var processors = Processors(node);
        var busy = processors is { } count ? SampleStatistics.Median(numbers) >= count || ending >= count
            : ending >= HarmlessLoad && ending >= 3 * Math.Max(beginning, 0.5);
        var wasBusy = highest >= (processors ?? Math.Max(HarmlessLoad, 3 * beginning))
            && SampleStatistics.LongestRun(numbers, value => value >= 0.7 * highest).Length >= 3;
        var isNormal = processors is { } cores ? highest < 0.8 * cores : highest < HarmlessLoad;
        if (!busy && !wasBusy && !isNormal)
        {
            return Standing.Unknown;
        }

        var isHigh = busy || wasBusy;
        var limit = processors is { } vcpus ? $" against {vcpus:0} vCPUs" : "";
        var range = $"{points[0].Written} to {points[^1].Written}, at most {points[peak].Written}";
        signals.Add(new SignalDraft(
            isHigh ? "db.load_high" : "db.load_normal", subject,
            isHigh ? $"Database load went from {range} average active sessions{limit}{(busy ? "" : "; it has come down since")}."
                : $"Database load stayed low, from {range} average active sessions{limit}.",
            points[peak].At, values, load.First("unit"), ProcessorsAt(node))
        {
            Severity = !isHigh ? Proto.Severity.Info : busy ? Proto.Severity.Error : Proto.Severity.Warning,
            State = !isHigh ? Proto.SignalState.Normal : busy || ending < 0.2 * beginning ? Proto.SignalState.Active
                : Proto.SignalState.Recovered,
            Surprise = isHigh ? 0.6 : 0.1,
            Start = points[0].Time,
            End = points[^1].Time,
            Attributes = [("value", points[^1].Written), ("peak", points[peak].Written), ("limit", processors)],
        });
        return isHigh ? Standing.High : Standing.Normal;
    }

    private static void JudgeShares(Node? list, bool isHigh, Action<Node, double, Node> report)
    {
        if (list is not { IsList: true })
        {
            return;
        }

        var items = list.Items.Where(item => item.IsMap).Select(item => (Item: item, Load: item.First(s_amounts)))
            .Where(item => Values.TryNumber(item.Load?.Text, out _))
            .Select(item => (item.Item, Load: item.Load!, Amount: double.Parse(item.Load!.Text, CultureInfo.InvariantCulture)))
                .OrderByDescending(item => item.Amount).ToList();
        var total = items.Sum(item => item.Amount);
        var second = items.Count > 1 ? items[1].Amount : 0;
        for (var i = 0; i < Math.Min(items.Count, 3) && total > 0; i++)
        {
            var share = items[i].Amount / total;
            var leads = i == 0 && (share >= Dominant || (share >= 0.35 && items[i].Amount >= 1.5 * second));
            if (leads || (isHigh && share >= Notable))
            {
                report(items[i].Item, share, items[i].Load);
            }
        }
    }

    private static void Statement(Node node, Node item, double share, Node load, Standing standing, string subject, SignalBuilder signals)
    {
        var text = item.First(s_texts);
        var waits = item.First("wait_events", "waits")?.Items.Where(wait => wait.IsMap).ToList() ?? [];
        var wait = waits.OrderByDescending(entry => entry.NumberOf(s_amounts) ?? 0).FirstOrDefault();
        var user = item.TextOf("user", "username", "usename");
        if (user.Length == 0)
        {
            // The user whose load comes closest to the statement's, if it is close at all.
            var amount = load.Text;
            user = node.First(s_users)?.Items.FirstOrDefault(entry =>
                Math.Abs((entry.NumberOf(s_amounts) ?? -1e9) - double.Parse(amount, CultureInfo.InvariantCulture)) <= 0.1)?.TextOf("name",
                "user", "id") ?? "";
        }

        var mostly = wait is null ? "" : $", mostly {wait.TextOf("name", "event", "wait_event")}";
        Add("db.statement_dominant",
            $"The statement {Quotation.Of(text?.Text)} causes {Percent(share)} of the load of the top statements (load {load.Text}"
            + $"{mostly}).", text ?? item, load, standing, subject, signals,
            [("statement", text?.Text), ("load", load.Text), ("user", user), ("wait", wait?.TextOf("name", "event", "wait_event")),
                ("share", share.ToString("0.##", CultureInfo.InvariantCulture)),
             ("calls_per_second", item.TextOf("calls_per_sec", "calls_per_second"))]);
    }

    private static void Add(string kind, string summary, Node item, Node load, Standing standing, string subject, SignalBuilder signals,
        (string, object?)[] attributes) =>
        signals.Add(new SignalDraft(kind, subject, summary, item.IsMap ? new LineRange(item.Line, item.EndLine) : item, load)
        {
            // Something always leads: that is only a trouble where the load is one.
            Severity = standing == Standing.High ? Proto.Severity.Warning : Proto.Severity.Info,
            State = standing == Standing.Normal ? Proto.SignalState.Normal : Proto.SignalState.Active,
            Surprise = standing == Standing.High ? 0.5 : 0.1,
            Attributes = attributes,
        });

    private static double? Processors(Node node) => Values.TryNumber(ProcessorsAt(node)?.Text, out var count) && count > 0 ? count : null;

    private static Node? ProcessorsAt(Node node) =>
        node.First("vcpus", "vcpu", "num_vcpus", "vcpu_count", "max_vcpus", "max_vcpu", "cpu_count", "cores", "db_load/max_vcpu",
        "db_load/vcpus");

    private static string Percent(double share) => share.ToString("0%", CultureInfo.InvariantCulture);
}
