using System.Globalization;
using System.Text.Json;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using Google.Protobuf.WellKnownTypes;
using Role = FaultMaven.Protos.Agent.V1.CausalStep.Types.Role;

namespace FaultMaven.Reports;

/// <summary>The words of reports that are the same in every form, and in what the command line prints.</summary>
public static class ReportWords
{
    /// <summary>What an answer amounts to, in a few words.</summary>
    public static string Headline(Verdict verdict, Assurance assurance, FailureCategory category) => verdict switch
    {
        Verdict.CauseFound when assurance == Assurance.Confirmed => $"Cause found: {Of(category)}",
        Verdict.CauseFound or Verdict.ProbableCause => $"Probable cause, not confirmed: {Of(category)}",
        Verdict.NoActiveFailure when assurance == Assurance.Confirmed => "No active failure",
        Verdict.NoActiveFailure => "Probably no active failure",
        Verdict.NotEnoughEvidence => "Not enough evidence",
        _ => "Not investigated yet",
    };

    /// <summary>How far the evidence goes, in a sentence.</summary>
    public static string Explain(Report report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return (report.Verdict, report.Assurance) switch
        {
            (Verdict.Unspecified, _) => "No question about this case has been answered yet.",
            (Verdict.NotEnoughEvidence, _) => "The evidence does not show the cause.",
            (_, Assurance.Confirmed) => "Confirmed: independent evidence supports it and contradicts its rivals.",
            (_, Assurance.Mechanistic) => "Not confirmed: the evidence shows how it works, but rivals or gaps remain.",
            _ => "Not confirmed: no evidence supports one explanation alone.",
        };
    }

    /// <summary>The kind of a report, such as "Incident report".</summary>
    public static string Title(Report.Types.Kind kind) => kind switch
    {
        Report.Types.Kind.Postmortem => "Postmortem",
        Report.Types.Kind.Runbook => "Runbook draft",
        Report.Types.Kind.Closure => "Closure summary",
        Report.Types.Kind.Timeline => "Timeline",
        _ => "Incident report",
    };

    /// <summary>What a step is in the causal chain, no more certain than the assurance.</summary>
    public static string Title(Role role, Assurance assurance) => (role, assurance) switch
    {
        (Role.Change, _) => "Before",
        (Role.Cause, Assurance.Confirmed) => "Cause",
        (Role.Cause, Assurance.Mechanistic) => "Probable cause",
        (Role.Cause, _) => "Possible cause",
        (Role.Effect, Assurance.Confirmed) => "Led to",
        (Role.Effect, Assurance.Mechanistic) => "Probably led to",
        (Role.Effect, _) => "May have led to",
        (Role.Symptom, _) => "Noticed",
        (Role.IndependentCause, Assurance.Confirmed) => "Another cause",
        (Role.IndependentCause, _) => "Another possible cause",
        _ => "Step",
    };

    /// <summary>A value of the contract in words: <c>ResourceExhaustion</c> is "resource exhaustion".</summary>
    public static string Of<T>(T value)
        where T : struct, System.Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()).Replace('_', ' ');

    /// <summary>A moment to the second: <c>2026-03-11 14:06:00 UTC</c>.</summary>
    public static string Of(Timestamp time) =>
        Of(time, "yyyy-MM-dd HH:mm:ss") + " UTC";

    /// <summary>A moment in a format of .NET, in UTC.</summary>
    public static string Of(Timestamp time, string format)
    {
        ArgumentNullException.ThrowIfNull(time);
        return time.ToDateTimeOffset().ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>Lines as people name them: <c>line 16</c>, <c>lines 16–17</c>.</summary>
    public static string Lines(Citation citation)
    {
        ArgumentNullException.ThrowIfNull(citation);
        return citation.EndLine > citation.StartLine
            ? string.Create(CultureInfo.InvariantCulture, $"lines {citation.StartLine}–{citation.EndLine}")
            : string.Create(CultureInfo.InvariantCulture, $"line {citation.StartLine}");
    }

    /// <summary>A citation as programs name it: <c>cases/{case}/evidence/{evidence}#L16-L17</c>.</summary>
    public static string Reference(Citation citation)
    {
        ArgumentNullException.ThrowIfNull(citation);
        return citation.EndLine > citation.StartLine
            ? string.Create(CultureInfo.InvariantCulture, $"{citation.Evidence}#L{citation.StartLine}-L{citation.EndLine}")
            : string.Create(CultureInfo.InvariantCulture, $"{citation.Evidence}#L{citation.StartLine}");
    }

    /// <summary>A number as people read it: <c>12,345.6</c>, <c>1.2M</c>.</summary>
    public static string Of(double value) => Math.Abs(value) switch
    {
        >= 1e12 => (value / 1e12).ToString("0.##", CultureInfo.InvariantCulture) + "T",
        >= 1e9 => (value / 1e9).ToString("0.##", CultureInfo.InvariantCulture) + "G",
        >= 1e6 => (value / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + "M",
        >= 1e4 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 1 or 0 => value.ToString("0.##", CultureInfo.InvariantCulture),
        _ => value.ToString("0.####", CultureInfo.InvariantCulture),
    };

    /// <summary>Who did something, as people read it: <c>person:alice</c> is "alice".</summary>
    public static string Actor(string actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return actor.StartsWith("person:", StringComparison.Ordinal) ? actor["person:".Length..] : actor;
    }

    /// <summary>How long, to a precision that fits: <c>2 min 40 s</c>.</summary>
    public static string Of(TimeSpan length) => length switch
    {
        { TotalSeconds: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalMilliseconds:0} ms"),
        { TotalMinutes: < 1 } => string.Create(CultureInfo.InvariantCulture, $"{length.TotalSeconds:0.#} s"),
        { TotalHours: < 1 } => $"{length.Minutes} min{(length.Seconds > 0 ? $" {length.Seconds} s" : "")}",
        { TotalDays: < 1 } => $"{length.Hours} h{(length.Minutes > 0 ? $" {length.Minutes} min" : "")}",
        _ => $"{(int)length.TotalDays} d{(length.Hours > 0 ? $" {length.Hours} h" : "")}",
    };
}
