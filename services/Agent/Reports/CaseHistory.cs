using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Names;

namespace FaultMaven.Agents.Reports;

/// <summary>What a case's log says was done, and what people said in it.</summary>
internal static class CaseHistory
{
    private const int MaxEntries = 200;
    private const int MaxSaid = 20;

    public static Proto.CaseFacts Facts(CaseMaterial material)
    {
        var found = material.Case;
        return new()
        {
            Owner = found.Owner,
            CreateTime = found.CreateTime,
            CloseTime = found.CloseTime,
            State = Words(found.State),
            Resolution = Words(found.Resolution),
            Priority = Words(found.Priority),
            Severity = Words(found.Severity),
            Service = found.Service,
            Tags = { found.Tags },
            Affected = { material.Answer?.Affected ?? [] },
        };
    }

    public static IEnumerable<Proto.ReportRecord> Record(CaseMaterial material) => material.Events
        .Select(next => (Event: next, Text: Describe(next)))
        .Where(entry => entry.Text.Length > 0)
        .TakeLast(MaxEntries)
        .Select(entry => new Proto.ReportRecord
        {
            Time = entry.Event.CreateTime,
            Text = entry.Text,
            Actor = entry.Event.Actor,
            CaseVersion = entry.Event.Version,
        });

    /// <summary>What people said of the incident, oldest first: the description, and messages that are not questions of ours.</summary>
    public static IEnumerable<(string Text, CaseEvent Event)> Said(CaseMaterial material) => material.Events
        .Select(next => (Text: SaidIn(next), Event: next))
        .Where(said => said.Text.Length > 0)
        .TakeLast(MaxSaid);

    /// <summary>Why the case was closed, if it is and a person said so.</summary>
    public static (string Text, CaseEvent Event)? Closing(CaseMaterial material) =>
        material.Case.State == Case.Types.State.Closed
            && material.Events.LastOrDefault(next => next.CaseClosed is not null) is { CaseClosed.Reason.Length: > 0 } closed
            ? (closed.CaseClosed.Reason, closed)
            : null;

    private static string SaidIn(CaseEvent next) => next.PayloadCase switch
    {
        CaseEvent.PayloadOneofCase.CaseCreated => next.CaseCreated.Case?.Description ?? "",
        CaseEvent.PayloadOneofCase.CaseUpdated => next.CaseUpdated.Case?.Description ?? "",
        CaseEvent.PayloadOneofCase.CaseReopened => next.CaseReopened.Reason,
        CaseEvent.PayloadOneofCase.MessageAdded
            when next.MessageAdded is { Author: Message.Types.Author.User, Turn: "" } message => message.Text,
        _ => "",
    };

    private static string Describe(CaseEvent next) => next.PayloadCase switch
    {
        CaseEvent.PayloadOneofCase.CaseCreated => "Opened the case.",
        CaseEvent.PayloadOneofCase.CaseUpdated => $"Changed {Fields(next.CaseUpdated)}.",
        CaseEvent.PayloadOneofCase.EvidenceAdded => $"Added {next.EvidenceAdded.FileName} as evidence.",
        CaseEvent.PayloadOneofCase.MessageAdded
            when next.MessageAdded is { Author: Message.Types.Author.User, Turn.Length: > 0 } asked => $"Asked: \"{asked.Text}\"",
        CaseEvent.PayloadOneofCase.TurnCompleted => $"Got the answer {next.TurnCompleted.Turn}.",
        CaseEvent.PayloadOneofCase.CaseClosed => $"Closed the case as {Words(next.CaseClosed.Resolution)}.",
        CaseEvent.PayloadOneofCase.CaseReopened => "Opened the case again.",
        CaseEvent.PayloadOneofCase.ReportCreated => $"Made version {next.ReportCreated.Version} of the {next.ReportCreated.Kind} report.",
        _ => "",
    };

    private static string Fields(CaseUpdated updated) => updated.UpdateMask?.Paths is { Count: > 0 } paths
        ? string.Join(", ", paths.Select(path => $"the {path}"))
        : "the title";

    // STATE_INVESTIGATING as "investigating"; nothing for what no one has said.
    private static string Words<T>(T value)
        where T : struct, Enum
    {
        var name = ContractNames.Of(value);
        var words = name[(name.IndexOf('_', StringComparison.Ordinal) + 1)..].ToLowerInvariant().Replace('_', ' ');
        return words == "unspecified" ? "" : words;
    }
}
