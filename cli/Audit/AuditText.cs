using System.Globalization;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Operations.V1;
using Kind = FaultMaven.Protos.Operations.V1.AuditEntry.Types.Kind;
using Problem = FaultMaven.Protos.Operations.V1.AuditLog.Types.Problem;

namespace FaultMaven.Cli.Audit;

/// <summary>Audit logs for people.</summary>
internal static class AuditText
{
    public static void Write(TextColumn page, AuditEntry entry)
    {
        var time = entry.CreateTime?.ToDateTimeOffset().ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "";
        var via = entry.Via.Length > 0 ? $" via {entry.Via}" : "";
        page.Paragraph($"{time}  ", $"{entry.Actor}{via} {Describe(entry)}{entry.Method[(entry.Method.LastIndexOf('/') + 1)..]}", "bold");
        page.Paragraph("    ", string.Join("  ", Details(entry)), "dim");
    }

    public static void Write(TextColumn page, AuditLog log)
    {
        page.Paragraph("", log.Name, "bold");
        page.Paragraph("    ", log.EntryCount == 0
            ? "No entries."
            : $"Entries {log.FirstSequence} to {log.LastSequence}. Made without a key: {log.UnkeyedCount}. "
                + $"Calls without an end: {log.UnfinishedCount}. To check later that the last is as it was: "
                + $"--known {log.LastSequence}:{log.LastHash}");
        page.Paragraph("    ", log.ProblemSequence == 0 ? "Nothing is wrong." : $"Entry {log.ProblemSequence} {Explain(log.Problem)}.");
    }

    public static string Explain(Problem problem) => problem switch
    {
        Problem.Hash => "was changed",
        Problem.Order => "does not follow from the one before: entries were taken out, put in or moved",
        Problem.Start => "and more at the beginning are missing, and not because of their age",
        Problem.Unreadable => "cannot be read",
        Problem.Unkeyed => "was made without the key",
        Problem.UnknownKey => "was made with a key that is not among Audit:Keys",
        _ => "is not as it was",
    };

    private static string Describe(AuditEntry entry) => entry.Kind switch
    {
        Kind.Began => "began ",
        Kind.Ended => "ended ",
        Kind.Refused => "was refused ",
        Kind.RefusedMore => $"was refused {entry.Count} more times",
        Kind.Removed => $"removed entries up to {entry.Count} because of their age",
        _ => "cannot be read ",
    };

    private static IEnumerable<string> Details(AuditEntry entry)
    {
        yield return entry.Name;
        if (entry.Status.Length > 0)
        {
            yield return entry.Reason.Length > 0 ? $"{entry.Status} {entry.Reason}" : entry.Status;
        }

        foreach (var resource in entry.Resources)
        {
            yield return resource;
        }

        if (entry.BreakGlassReason.Length > 0)
        {
            yield return $"broke the glass: {entry.BreakGlassReason}";
        }
    }
}
