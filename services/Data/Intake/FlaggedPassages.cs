using FaultMaven.Data.Sources;
using FaultMaven.Protos.Redaction.V1;

namespace FaultMaven.Data.Intake;

/// <summary>
/// Collects the passages that Redaction flagged as prompt injection while a text streams in. They stay in the text, as they are evidence
/// too; the record of the evidence lists them, and a signal reports them.
/// </summary>
internal sealed class FlaggedPassages(Proto.Evidence evidence)
{
    private const string Kind = "evidence.prompt_injection";
    private const int MaxPassages = 20;
    private const int MaxCitations = 8;

    private readonly List<Passage> _noted = [];

    /// <summary>Notes a flagged file name.</summary>
    public static void NoteName(Proto.Evidence evidence, RedactTextResponse name)
    {
        if (name.Passages is [var first, ..])
        {
            evidence.FlaggedPassageCount++;
            var citation = new Proto.Citation { Evidence = evidence.Name, StartLine = 1, EndLine = 1 };
            evidence.FlaggedPassages.Add(new Proto.FlaggedPassage { Kind = first.Kind, InFileName = true, Citation = citation });
        }
    }

    /// <summary>Notes the flagged passages of the next piece of the text.</summary>
    public void Note(IReadOnlyCollection<Passage> passages)
    {
        evidence.FlaggedPassageCount += passages.Count;
        _noted.AddRange(passages.Take(MaxPassages - _noted.Count));
    }

    /// <summary>Writes the passages into the record, once all of the text is there to be quoted.</summary>
    public void Quote(EvidenceSource source)
    {
        if (_noted.Count == 0)
        {
            return;
        }

        using var reader = source.Open();
        var (number, offset, line) = (0L, 0L, "");
        foreach (var passage in _noted)
        {
            while (number < passage.StartLine && reader.ReadLine() is { } next)
            {
                offset += number == 0 ? 0 : line.Length + 1;
                line = next;
                number++;
            }

            // A line may be longer than a quote, so it is quoted from where the passage starts.
            var quote = line[(int)Math.Clamp(passage.Start - offset, 0, line.Length)..];
            evidence.FlaggedPassages.Add(new Proto.FlaggedPassage
            {
                Kind = passage.Kind,
                Citation = source.Cite(passage.StartLine, passage.EndLine, quote),
            });
        }
    }

    /// <summary>The signal that reports the passages of evidence, with its places; none if there are no passages.</summary>
    public static IEnumerable<Proto.Signal> SignalsOf(Proto.Evidence evidence)
    {
        if (evidence.FlaggedPassages.Count > 0)
        {
            yield return new Proto.Signal
            {
                Kind = Kind,
                Subject = $"file/{evidence.FileName}",
                Summary = Summarize(evidence),
                Severity = Proto.Severity.Warning,
                State = Proto.SignalState.Active,
                Surprise = 1,
                Attributes =
                    { ["count"] = $"{evidence.FlaggedPassageCount}",
                    ["type"] = string.Join(' ', evidence.FlaggedPassages.Select(passage => WordFor(passage.Kind)).Distinct()) },
                Citations = { evidence.FlaggedPassages.Select(passage => passage.Citation).Take(MaxCitations) },
            };
        }
    }

    private static string Summarize(Proto.Evidence evidence)
    {
        var count = evidence.FlaggedPassageCount;
        var what = count == 1 ? "1 passage looks" : $"{count} passages look";
        var name = evidence.FlaggedPassages.Any(passage => passage.InFileName) ? ", including the file name" : "";
        return $"{what} like prompt injection (instructions addressed to an AI model){name}";
    }

    private static string WordFor(PassageKind kind) => kind switch
    {
        PassageKind.ToolUse => "tool_use",
        PassageKind.HiddenText => "hidden_text",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
