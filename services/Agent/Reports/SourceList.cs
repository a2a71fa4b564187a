using FaultMaven.Agents.Gate;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Text;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Agents.Reports;

/// <summary>
/// The sources of a report, numbered as they are first used. It alone makes statements, so that there is none without a source and none
/// that is more certain than the answer.
/// </summary>
internal sealed class SourceList(CaseMaterial material)
{
    private const int MaxPerStatement = 4;
    private const int MaxSaid = 2_000;

    private readonly Dictionary<string, int> _numbers = [];
    private readonly List<Proto.ReportSource> _sources = [];

    public IReadOnlyList<Proto.ReportSource> All => _sources;

    /// <summary>How many statements were left out because the evidence that they cite is gone.</summary>
    public int Dropped { get; private set; }

    /// <summary>A sentence with the lines that it rests on. Null if none of them is there any more.</summary>
    public Proto.ReportStatement? State(string text, IEnumerable<Data.Citation> citations, Timestamp? time = null)
    {
        var numbers = citations.DistinctBy(CaseMaterial.Key).Where(citation => material.Lines.ContainsKey(CaseMaterial.Key(citation)))
            .Take(MaxPerStatement).Select(NumberOf).ToList();
        if (numbers.Count == 0)
        {
            Dropped++;
            return null;
        }

        return new() { Text = Held(text), Sources = { numbers }, Time = time };
    }

    /// <summary>What a person said, as a statement of its own.</summary>
    public Proto.ReportStatement Quote(string text, CaseEvent said)
    {
        var key = $"event/{said.Version}";
        if (!_numbers.TryGetValue(key, out var number))
        {
            number = Add(key, new()
            {
                Saying = new()
                {
                    Actor = said.Actor,
                    Time = said.CreateTime,
                    Message = said.MessageAdded?.Name ?? "",
                    CaseVersion = said.Version,
                    Text = RedactedText.Cut(text, MaxSaid),
                },
            });
        }

        return new() { Text = RedactedText.Cut(text, MaxSaid), Sources = { number }, Time = said.CreateTime };
    }

    private string Held(string text) => material.Answer is not { } answer || answer.Verdict == Proto.Verdict.NoActiveFailure ? text
        : Hedging.Hold(text, answer.Assurance);

    private int NumberOf(Data.Citation citation)
    {
        var key = CaseMaterial.Key(citation);
        return _numbers.TryGetValue(key, out var number) ? number
            : Add(key, new() { Citation = citation, Lines = { material.Lines[key] } });
    }

    private int Add(string key, Proto.ReportSource source)
    {
        source.Number = _sources.Count + 1;
        _sources.Add(source);
        return _numbers[key] = source.Number;
    }
}
