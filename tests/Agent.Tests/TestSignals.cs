using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Signals;
using FaultMaven.Protos.Data.V1;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Agents.Tests;

/// <summary>Signals as the Data service would find them, with lines that say what they say.</summary>
internal static class TestSignals
{
    private static readonly DateTimeOffset s_start = new(2026, 3, 1, 10, 0, 0, TimeSpan.Zero);

    public const string Evidence = "cases/c1/evidence/";

    public static Signal Signal(
        string kind,
        string subject,
        string summary,
        SignalState state = SignalState.Active,
        Severity severity = Severity.Error,
        int minute = 0,
        string file = "events.json",
        int line = 1,
        params (string Name, string Value)[] attributes)
    {
        // Ids have no dots.
        var evidence = Evidence + file.Replace('.', '-');
        var signal = new Signal
        {
            Kind = kind,
            Subject = subject,
            Summary = summary,
            State = state,
            Severity = severity,
            StartTime = Timestamp.FromDateTimeOffset(s_start.AddMinutes(minute)),
            EndTime = Timestamp.FromDateTimeOffset(s_start.AddMinutes(minute)),
            Citations = { new Citation { Evidence = evidence, FileName = file, StartLine = line, EndLine = line, Quote = summary } },
        };
        foreach (var (name, value) in attributes)
        {
            signal.Attributes[name] = value;
        }

        return signal;
    }

    public static Signal Normal(string kind, string subject, string summary, string file = "state.json", int line = 1) =>
        Signal(kind, subject, summary, SignalState.Normal, Severity.Info, file: file, line: line);

    public static CaseSignals Case(params IEnumerable<Signal> signals) => new(signals);

    /// <summary>A signal that a pattern of the catalogue matches.</summary>
    public static Signal Matching(SignalPattern pattern, int line)
    {
        var kind = pattern.Kind.EndsWith('*') ? $"{pattern.Kind[..^1]}shift" : pattern.Kind;
        var state = pattern.State ?? SignalState.Active;
        var severity = state == SignalState.Normal || kind.EndsWith("changed", StringComparison.Ordinal) ? Severity.Info : Severity.Error;
        var signal = Signal(kind, $"thing/t{line}", $"{kind} on line {line}", state, severity, line, $"file{line % 3}.json", line);
        foreach (var condition in pattern.Where)
        {
            var value = !condition.Negated && condition.Alternatives[0].Trim('*') is { Length: > 0 } text ? text : "some";
            if (condition.Name == AttributeCondition.Subject)
            {
                signal.Subject = value;
            }
            else
            {
                signal.Attributes[condition.Name] = value;
            }
        }

        return signal;
    }

    /// <summary>Reads cited lines: each line of the test evidence is the quote of the signal found there.</summary>
    public static FaultMaven.Agents.Gate.ReadCitation Lines(CaseSignals signals) => (citation, _) => Task.FromResult(
        signals.All.SelectMany(signal => signal.Citations)
            .FirstOrDefault(known => known.Evidence == citation.Evidence && known.StartLine == citation.StartLine)?.Quote ?? "");
}
