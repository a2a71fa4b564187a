using FaultMaven.Agents.Facts;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Text;

namespace FaultMaven.Agents.Memory;

/// <summary>Adds what is new in a case to what is remembered of it. The same events and turns always give the same memory.</summary>
internal static class MemoryFold
{
    /// <summary>The longest text of a fact, in characters.</summary>
    public const int MaxText = 300;

    private const int MaxFacts = 400;
    private const int MaxConclusions = 100;
    private const int MaxCitations = 3;
    private const int MaxQuote = 200;

    /// <summary>Adds an event of the case, the next after <c>case_version</c>.</summary>
    public static void Add(Proto.CaseMemory memory, CaseEvent next)
    {
        memory.CaseVersion = next.Version;
        foreach (var sentence in SaidSentences.In(TextOf(next)))
        {
            // What is said again is said now: someone may have taken it back in between.
            Remove(memory, fact => fact.Actor.Length > 0 && string.Equals(fact.Text, sentence, StringComparison.OrdinalIgnoreCase));
            Insert(memory, new Proto.RememberedFact
            {
                Text = sentence,
                Actor = next.Actor,
                Time = next.CreateTime,
                Turn = next.MessageAdded?.Turn ?? "",
                Message = next.MessageAdded?.Name ?? "",
            });
        }

        Shrink(memory);
    }

    /// <summary>Adds a turn that has ended, the next after <c>turn_count</c>.</summary>
    public static void Add(Proto.CaseMemory memory, Proto.Turn turn)
    {
        memory.TurnCount++;
        if (turn.Answer is not { } answer)
        {
            return;
        }

        var known = memory.Facts.Where(fact => fact.Actor.Length == 0).Select(Key).ToHashSet();
        foreach (var claim in answer.Claims.Where(claim => claim.Citations.Count > 0))
        {
            var fact = new Proto.RememberedFact
            {
                Text = RedactedText.Cut(claim.Text, MaxText),
                Time = turn.EndTime,
                Turn = turn.Name,
                Citations = { claim.Citations.Take(MaxCitations).Select(Brief) },
            };
            if (known.Add(Key(fact)))
            {
                Insert(memory, fact);
            }
        }

        AddConclusion(memory, turn, answer);
        Shrink(memory);
    }

    /// <summary>Forgets facts that no evidence supports any more.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="evidence">The names of the evidence that the case has.</param>
    /// <returns>Whether there were any.</returns>
    public static bool Forget(Proto.CaseMemory memory, IReadOnlySet<string> evidence) => Remove(memory, fact =>
        fact.Actor.Length == 0 && !fact.Citations.Any(citation => evidence.Contains(citation.Evidence)));

    // By time, whether turns or events were read first.
    private static void Insert(Proto.CaseMemory memory, Proto.RememberedFact fact)
    {
        var place = memory.Facts.Count;
        while (place > 0 && Order(memory.Facts[place - 1]).CompareTo(Order(fact)) > 0)
        {
            place--;
        }

        memory.Facts.Insert(place, fact);
    }

    private static (DateTimeOffset Time, bool IsFound) Order(Proto.RememberedFact fact) =>
        (fact.Time?.ToDateTimeOffset() ?? default, fact.Actor.Length == 0);

    // Turns that conclude the same are one entry, so that sixty turns about one cause are remembered as what they are.
    private static void AddConclusion(Proto.CaseMemory memory, Proto.Turn turn, Proto.Answer answer)
    {
        if (memory.Conclusions is [.., var last] && last.Verdict == answer.Verdict && last.Assurance == answer.Assurance
            && NameReader.Normalize(last.RootCause) == NameReader.Normalize(RedactedText.Cut(answer.RootCause, MaxText)))
        {
            last.LastTurn = turn.Name;
            last.LastTime = turn.EndTime;
            last.TurnCount++;
            return;
        }

        memory.Conclusions.Add(new Proto.RememberedConclusion
        {
            FirstTurn = turn.Name,
            LastTurn = turn.Name,
            FirstTime = turn.EndTime,
            LastTime = turn.EndTime,
            TurnCount = 1,
            Verdict = answer.Verdict,
            Assurance = answer.Assurance,
            RootCause = RedactedText.Cut(answer.RootCause, MaxText),
        });
        if (memory.Conclusions.Count > MaxConclusions)
        {
            // The first one shows where the case began.
            memory.Conclusions.RemoveAt(1);
        }
    }

    // What was found can be found again while its evidence is there; what was said is nowhere else.
    private static void Shrink(Proto.CaseMemory memory)
    {
        while (memory.Facts.Count > MaxFacts)
        {
            var oldest = memory.Facts.Index().FirstOrDefault(entry => entry.Item.Actor.Length == 0).Index;
            memory.Facts.RemoveAt(oldest);
        }
    }

    private static bool Remove(Proto.CaseMemory memory, Func<Proto.RememberedFact, bool> isGone)
    {
        var kept = memory.Facts.Where(fact => !isGone(fact)).ToList();
        if (kept.Count == memory.Facts.Count)
        {
            return false;
        }

        memory.Facts.Clear();
        memory.Facts.AddRange(kept);
        return true;
    }

    // The same finding with other figures is not the same: "17 restarts" was true once.
    private static (string Text, string Evidence, long Line) Key(Proto.RememberedFact fact) => fact.Citations is [var first, ..]
        ? (fact.Text, first.Evidence, first.StartLine)
        : (fact.Text, "", 0);

    private static Data.Citation Brief(Data.Citation citation)
    {
        var brief = citation.Clone();
        brief.Quote = RedactedText.Cut(brief.Quote, MaxQuote);
        return brief;
    }

    private static string TextOf(CaseEvent next) => next.PayloadCase switch
    {
        CaseEvent.PayloadOneofCase.CaseCreated => next.CaseCreated.Case?.Description ?? "",
        CaseEvent.PayloadOneofCase.CaseUpdated => next.CaseUpdated.Case?.Description ?? "",
        CaseEvent.PayloadOneofCase.CaseClosed => next.CaseClosed.Reason,
        CaseEvent.PayloadOneofCase.CaseReopened => next.CaseReopened.Reason,
        CaseEvent.PayloadOneofCase.MessageAdded when next.MessageAdded.Author == Message.Types.Author.User => next.MessageAdded.Text,
        _ => "",
    };
}
