using FaultMaven.Agents.Gate;
using Role = FaultMaven.Protos.Agent.V1.CausalStep.Types.Role;
using State = FaultMaven.Protos.Agent.V1.Hypothesis.Types.State;
using Stance = FaultMaven.Protos.Agent.V1.EvidenceLink.Types.Stance;
using Kind = FaultMaven.Protos.Agent.V1.Report.Types.Kind;
using Topic = FaultMaven.Protos.Agent.V1.ReportSection.Types.Topic;

namespace FaultMaven.Agents.Reports;

/// <summary>Puts together a report of what is kept of a case. It invents nothing: what is not kept is a gap.</summary>
internal sealed class ReportComposer
{
    private const int MaxEvidence = 10;
    private const int MaxImpact = 5;
    private const int MaxFactors = 5;
    private const int MaxDetection = 6;
    private const int MaxRuledOut = 6;
    private const int MaxVerification = 6;
    private const int MaxCurves = 6;
    private const int MaxCallingFor = 2;
    private const double Likely = 0.5;

    private readonly CaseMaterial _material;
    private readonly SourceList _sources;
    private readonly CitedSentences _cited;
    private readonly ReportGaps _gaps;

    private ReportComposer(CaseMaterial material)
    {
        _material = material;
        _sources = new(material);
        _cited = new(Answer.Claims);
        _gaps = new(material);
    }

    // Without a turn nothing is stated, and every section has its gap.
    private Proto.Answer Answer => _material.Answer ?? s_none;

    private static readonly Proto.Answer s_none = new();

    /// <summary>The report, without what its store adds: name, version, time, actor.</summary>
    public static Proto.Report Compose(CaseMaterial material, Kind kind)
    {
        var composer = new ReportComposer(material);
        var answer = composer.Answer;
        var report = new Proto.Report
        {
            Kind = kind,
            Title = material.Case.Title,
            CaseVersion = material.Events.Count > 0 ? material.Events[^1].Version : 0,
            Turn = material.Turn?.Name ?? "",
            Verdict = answer.Verdict,
            Assurance = answer.Assurance,
            Category = answer.Category,
            Facts = CaseHistory.Facts(material),
            Record = { CaseHistory.Record(material) },
        };
        var outline = ReportOutline.Of(kind);
        foreach (var (topic, title) in outline)
        {
            var section = new Proto.ReportSection { Topic = topic, Title = title };
            if (topic == Topic.CausalChain || topic == Topic.Timeline || topic == Topic.Verification)
            {
                composer.Picture(report, topic);
            }

            section.Statements.AddRange(composer.Statements(topic));
            section.Gaps.AddRange(composer._gaps.Of(section, report, kind));
            var isEmpty = section.Statements.Count == 0 && !(topic == Topic.CausalChain && report.CausalChain.Count > 0);
            if (!isEmpty || !ReportOutline.IsOptional(topic, answer.Verdict))
            {
                report.Sections.Add(section);
            }
        }

        if (composer._sources.Dropped > 0 && report.Sections is [var first, ..])
        {
            first.Gaps.Add(ReportGaps.Deleted(composer._sources.Dropped));
        }

        report.Sources.AddRange(composer._sources.All);
        return report;
    }

    private void Picture(Proto.Report report, Topic topic)
    {
        if (topic == Topic.CausalChain)
        {
            report.CausalChain.AddRange(Answer.CausalChain
                .Select(step => (step.Role, Statement: _sources.State(step.Text, step.Citations, step.Time)))
                .Where(step => step.Statement is not null)
                .Select(step => new Proto.ReportStep { Role = step.Role, Statement = step.Statement }));
            return;
        }

        report.LogRate = _material.LogRate;
        if (report.Curves.Count == 0)
        {
            report.Curves.AddRange(Curves());
        }
    }

    private IEnumerable<Proto.ReportStatement> Statements(Topic topic) => topic switch
    {
        Topic.Summary => Summary(),
        Topic.Impact => Impact(),
        Topic.Timeline => Answer.Timeline.Select(entry => _sources.State(entry.Text, entry.Citations, entry.Time))
            .OfType<Proto.ReportStatement>(),
        Topic.Evidence => Findings().Take(MaxEvidence),
        Topic.ContributingFactors => Factors(),
        Topic.Detection => Detection(),
        Topic.RuledOut => RuledOut(),
        Topic.Actions => Actions(),
        Topic.Verification => Verification(),
        Topic.Resolution => Resolution(),
        Topic.Said => CaseHistory.Said(_material).Select(said => _sources.Quote(said.Text, said.Event)),
        _ => [],
    };

    private IEnumerable<Proto.ReportStatement> Summary() => Sentences.Split(Answer.RootCause)
        .Concat(Sentences.Split(Answer.Answer_))
        .DistinctBy(sentence => sentence)
        .Select(sentence => (sentence, Citations: _cited.Of(sentence).ToList()))
        .Where(found => found.Citations.Count > 0)
        .Select(found => _sources.State(found.sentence, found.Citations))
        .OfType<Proto.ReportStatement>();

    private IEnumerable<Proto.ReportStatement> Impact()
    {
        foreach (var thing in Answer.Affected)
        {
            // The last word is the name; before it is what it is: "deployment web".
            var name = thing[(thing.LastIndexOf(' ') + 1)..];
            var naming = Answer.Claims.Select(claim => (claim.Text, claim.Citations))
                .Concat(Answer.Timeline.Select(entry => (entry.Text, entry.Citations)))
                .Where(said => said.Text.Contains(name, StringComparison.OrdinalIgnoreCase))
                .SelectMany(said => said.Citations)
                .Concat(Citing(name))
                .ToList();
            if (naming.Count > 0 && _sources.State($"Affected: {thing}.", naming) is { } affected)
            {
                yield return affected;
            }
        }

        foreach (var noticed in Answer.CausalChain.Where(step => step.Role == Role.Symptom).Take(MaxImpact))
        {
            if (_sources.State(noticed.Text, noticed.Citations) is { } statement)
            {
                yield return statement;
            }
        }

        var began = Answer.CausalChain.Where(step => step.Time is not null && step.Role is Role.Effect or Role.Symptom)
            .MinBy(step => step.Time.ToDateTimeOffset());
        if (began is not null
            && _sources.State($"The earliest sign of it in the evidence is at {Moment(began.Time)}.", began.Citations) is { } first)
        {
            yield return first;
        }
    }

    // Lines that name a thing, whatever they were cited for.
    private IEnumerable<Data.Citation> Citing(string name) => Answer.Claims.SelectMany(claim => claim.Citations)
        .Where(citation => _material.Lines.TryGetValue(CaseMaterial.Key(citation), out var lines)
            && (lines.Any(line => line.Contains(name, StringComparison.OrdinalIgnoreCase))
                || citation.FileName.Contains(name, StringComparison.OrdinalIgnoreCase)));

    // What the claims say beyond the cause itself, which the summary has.
    private IEnumerable<Proto.ReportStatement> Findings() => Answer.Claims
        .Skip(Answer.CausalChain.Count > 0 ? 1 : 0)
        .Where(claim => !IsRuledOut(claim) && !IsQuote(claim))
        .Select(claim => _sources.State(claim.Text, claim.Citations))
        .OfType<Proto.ReportStatement>();

    private IEnumerable<Proto.ReportStatement> Factors()
    {
        var chain = Answer.CausalChain.Where(step => step.Role is Role.IndependentCause or Role.Change)
            .Select(step => _sources.State(step.Text, step.Citations, step.Time));
        var said = Answer.CausalChain.Select(step => step.Text).ToList();
        var stated = Answer.CausalChain.Where(step => step.Role is Role.Cause or Role.Effect)
            .SelectMany(step => step.Citations.Take(1)).Select(CaseMaterial.Key).ToHashSet();

        // The same lines read as another failure mode are no second factor.
        var others = Answer.Hypotheses.Skip(1)
            .Where(other => other.State is State.Validated or State.Inconclusive && other.Likelihood >= Likely
                && !said.Any(text => text.Contains(other.Statement.TrimEnd('.'), StringComparison.OrdinalIgnoreCase)))
            .Select(other => (Other: other, Citations: Supporting(other).ToList()))
            .Where(entry => entry.Citations.Count > 0 && !stated.Contains(CaseMaterial.Key(entry.Citations[0])))
            .Select(entry => _sources.State($"May have had a part in it: {Lower(entry.Other.Statement)}", entry.Citations));
        return chain.Concat(others).OfType<Proto.ReportStatement>().Take(MaxFactors);
    }

    private IEnumerable<Proto.ReportStatement> Detection() => Answer.DecisiveLines
        .Select(line => _sources.State($"{line.Citation.FileName} has \"{line.Citation.Quote.Trim()}\".", [line.Citation], line.Time))
        .OfType<Proto.ReportStatement>()
        .Take(MaxDetection);

    private IEnumerable<Proto.ReportStatement> RuledOut() => Answer.Hypotheses
        .Where(hypothesis => hypothesis.State == State.Refuted)
        .Select(hypothesis => (hypothesis.Statement, Link: hypothesis.Links.FirstOrDefault(
            link => link.Stance is Stance.Contradicts or Stance.StronglyContradicts)))
        .Where(entry => entry.Link is not null)
        .Select(entry => _sources.State(
            $"Ruled out: {Lower(entry.Statement).TrimEnd('.')}, because {Lower(entry.Link!.Summary)}", entry.Link.Citations))
        .Concat(Answer.Claims.Where(IsRuledOut).Select(claim => _sources.State(claim.Text, claim.Citations)))
        .OfType<Proto.ReportStatement>()
        .DistinctBy(statement => statement.Text)
        .Take(MaxRuledOut);

    // What calls for an action is the cause.
    private IEnumerable<Proto.ReportStatement> Actions() => Answer.Remedies
        .Select(remedy => (Remedy: remedy, Statement: _sources.State(
            $"{remedy.Action.TrimEnd('.')}.", (Answer.CausalChain.FirstOrDefault(step => step.Role == Role.Cause)?.Citations
                ?? Answer.Claims.FirstOrDefault()?.Citations ?? []).Take(MaxCallingFor))))
        .Where(action => action.Statement is not null)
        .Select(action =>
        {
            action.Statement!.Remedy = action.Remedy;
            return action.Statement;
        });

    private IEnumerable<Proto.ReportStatement> Verification() => Answer.CausalChain.Where(step => step.Role is Role.Symptom or Role.Effect)
        .Select(step => _sources.State($"It is over when this is not seen any more: {Lower(step.Text)}", step.Citations))
        .OfType<Proto.ReportStatement>()
        .Take(MaxVerification);

    private IEnumerable<Proto.ReportStatement> Resolution() =>
        CaseHistory.Closing(_material) is var (text, said) ? [_sources.Quote(text, said)] : [];

    // Metrics that are as they should be are shown only where that is the answer.
    private IEnumerable<Proto.ReportCurve> Curves() => Answer.CausalChain.Select(step => (step.Text, step.Citations))
        .Concat(Answer.Timeline.Select(entry => (entry.Text, entry.Citations)))
        .Concat(Answer.Hypotheses.Where(hypothesis => hypothesis.State is State.Validated).SelectMany(hypothesis => hypothesis.Links)
            .Where(link => link.Stance is Stance.Supports or Stance.StronglySupports)
            .Select(link => (Text: link.Summary, link.Citations)))
        .Concat(Answer.Verdict == Proto.Verdict.NoActiveFailure ? Answer.Claims.Select(claim => (claim.Text, claim.Citations)) : [])
        .SelectMany(said => _material.Series
            .Where(series => said.Text.StartsWith(series.Metric, StringComparison.Ordinal)
                && (series.Instance.Length == 0 || said.Text.Contains(series.Instance, StringComparison.Ordinal))
                && said.Citations.Any(citation => citation.Evidence == series.Evidence))
            .Select(series => (Series: series, said.Text, said.Citations)))
        .DistinctBy(found => (found.Series.Evidence, found.Series.Metric, found.Series.Instance))
        .Take(MaxCurves)
        .Select(found => (found.Series, Statement: _sources.State(found.Text, found.Citations)))
        .Where(found => found.Statement is not null)
        .Select(found => new Proto.ReportCurve { Series = found.Series, Statement = found.Statement });

    private static IEnumerable<Data.Citation> Supporting(Proto.Hypothesis hypothesis) => hypothesis.Links
        .Where(link => link.Stance is Stance.Supports or Stance.StronglySupports)
        .SelectMany(link => link.Citations.Take(1));

    private static bool IsRuledOut(Proto.Claim claim) => claim.Text.StartsWith("Ruled out: ", StringComparison.Ordinal);

    // A line that decides, quoted; the section on what helped to find it has them.
    private bool IsQuote(Proto.Claim claim) => claim.Citations is [var only] && Answer.DecisiveLines.Any(line => line.Citation.Equals(only))
        && claim.Text.StartsWith(only.FileName, StringComparison.Ordinal);

    private static string Lower(string text) => Signals.SignalText.Lower(text);

    private static string Moment(Google.Protobuf.WellKnownTypes.Timestamp time) =>
        $"{time.ToDateTimeOffset():yyyy-MM-dd HH:mm:ss} UTC";
}
