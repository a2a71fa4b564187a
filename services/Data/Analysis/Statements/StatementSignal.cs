using System.Globalization;
using System.Text.RegularExpressions;

namespace FaultMaven.Data.Analysis.Statements;

/// <summary>Puts statements into signals.</summary>
internal static partial class StatementSignal
{
    /// <summary>The kind of the signal for a class.</summary>
    public static string KindOf(StatementClass statementClass) => statementClass switch
    {
        StatementClass.Exhausted => "statement.exhausted",
        StatementClass.Refused => "statement.refused",
        StatementClass.Unreachable => "statement.unreachable",
        StatementClass.TimedOut => "statement.timed_out",
        StatementClass.Denied => "statement.denied",
        StatementClass.Missing => "statement.missing",
        StatementClass.Invalid => "statement.invalid",
        StatementClass.Conflict => "statement.conflict",
        StatementClass.Expired => "statement.expired",
        StatementClass.Corrupt => "statement.corrupt",
        StatementClass.Crashed => "statement.crashed",
        StatementClass.Throttled => "statement.throttled",
        StatementClass.Behind => "statement.behind",
        StatementClass.Lost => "statement.lost",
        StatementClass.Restarted => "statement.restarted",
        StatementClass.Diverged => "statement.diverged",
        StatementClass.Misconfigured => "statement.misconfigured",
        StatementClass.Recovered => "statement.recovered",
        StatementClass.Fine => "statement.fine",
        _ => "statement.failed",
    };

    /// <summary>The parts of a statement as attributes; those that are empty are left out.</summary>
    public static IEnumerable<(string Name, string Value)> AttributesOf(Statement statement)
    {
        yield return ("object", statement.Object);
        yield return ("object_kind", statement.ObjectKind);
        yield return ("speaker", statement.Subject);
        yield return ("peer", statement.Peer);
        yield return ("quantity", statement.Quantity);
        yield return ("limit", statement.Limit);
        yield return ("specificity", statement.Specificity.ToString("0.00", CultureInfo.InvariantCulture));
    }

    /// <summary>How severe a statement is that no level grades.</summary>
    public static Proto.Severity SeverityOf(Statement statement) => statement.Class switch
    {
        StatementClass.Recovered or StatementClass.Fine => Proto.Severity.Info,
        StatementClass.Restarted or StatementClass.Behind or StatementClass.Failed => Proto.Severity.Warning,
        _ => statement.IsWeak ? Proto.Severity.Warning : Proto.Severity.Error,
    };

    public static Proto.SignalState StateOf(Statement statement) => statement.Class switch
    {
        StatementClass.Fine => Proto.SignalState.Normal,
        StatementClass.Recovered => Proto.SignalState.Recovered,
        _ => Proto.SignalState.Active,
    };

    /// <summary>What differs from one occurrence to the next is left out, so that equal statements are counted together.</summary>
    public static string GroupOf(Statement statement) =>
        $"{statement.Class}|{statement.ObjectKind}|{Varying().Replace(statement.Object.ToLowerInvariant(), "#")}|{statement.Peer}";

    /// <summary>Text that two analysers read, as a log and as fields, says a thing once: of statements of the same kind, about
    /// the same kind of thing and in the same lines, the first is kept.</summary>
    public static IEnumerable<Proto.Signal> Once(IEnumerable<Proto.Signal> signals)
    {
        var said = new Dictionary<string, List<Proto.Citation>>(StringComparer.Ordinal);
        foreach (var signal in signals)
        {
            if (!signal.Kind.StartsWith("statement.", StringComparison.Ordinal) || signal.Citations.Count == 0)
            {
                yield return signal;
                continue;
            }

            var key = $"{signal.Kind}|{signal.Attributes.GetValueOrDefault("object_kind")}";
            var cited = said.TryGetValue(key, out var known) ? known : said[key] = [];
            var at = signal.Citations[0].StartLine;
            if (!cited.Exists(citation => citation.StartLine <= at && at <= citation.EndLine))
            {
                yield return signal;
            }

            cited.AddRange(signal.Citations);
        }
    }

    [GeneratedRegex(@"[0-9a-f]{8,}|\d+")]
    private static partial Regex Varying();
}
