using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Answers;
using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Signals;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using static FaultMaven.Agents.Tests.TestSignals;

namespace FaultMaven.Agents.Tests.Analysis;

public class JudgingACase
{
    private static readonly FailureCatalogue s_catalogue = FailureCatalogue.Load(null);

    private static readonly Signal s_alert = Signal("alert.firing", "alert/CPU", "Alert CPU fires: CPU of db-1 above 90",
        severity: Severity.Critical, attributes: [("alert", "CPU")]);

    [Fact]
    public void Finds_nothing_in_no_evidence_and_says_what_to_fetch()
    {
        var answer = Answer();

        Assert.Equal((Verdict.NotEnoughEvidence, FailureCategory.Unknown, ResponseType.NeedsMoreData),
            (answer.Verdict, answer.Category, answer.ResponseType));
        Assert.NotEmpty(answer.DataRequests);
        Assert.Empty(answer.Claims);
    }

    [Fact]
    public void Does_not_treat_an_alert_alone_as_proof()
    {
        var answer = Answer(s_alert);

        Assert.Equal((Verdict.NotEnoughEvidence, FailureCategory.Unknown), (answer.Verdict, answer.Category));
    }

    [Fact]
    public void Calls_an_alert_false_when_all_is_normal()
    {
        var answer = Answer(s_alert, Normal("metric.within_bounds", "metric/CPUUtilization",
            "CPUUtilization of db-1 stayed between 41 and 72 %"));

        Assert.Equal((Verdict.NoActiveFailure, FailureCategory.Healthy), (answer.Verdict, answer.Category));
        Assert.Contains(answer.Claims, claim => claim.Text.Contains("41 and 72", StringComparison.Ordinal));
        Assert.Empty(answer.DataRequests);
    }

    [Fact]
    public void Calls_a_system_healthy_by_its_normal_signals_alone()
    {
        var answer = Answer(Normal("pods.ready", "deployment/web", "All 3 pods of web are ready"),
            Normal("log.no_errors", "file/web.log", "No errors in 400 lines", "web.log"));

        Assert.Equal(FailureCategory.Healthy, answer.Category);
        Assert.Equal(Verdict.NoActiveFailure, answer.Verdict);
        Assert.Contains(answer.Claims, claim => claim.Text.Contains("400 lines", StringComparison.Ordinal));
    }

    [Fact]
    public void Does_not_take_a_log_without_errors_for_health()
    {
        var answer = Answer(Normal("log.no_errors", "file/web.log", "No errors in 400 lines", "web.log"));

        Assert.Equal((Verdict.NotEnoughEvidence, FailureCategory.Unknown), (answer.Verdict, answer.Category));
    }

    [Fact]
    public void Says_what_recovered_and_how()
    {
        var answer = Answer(
            s_alert,
            Signal("deployment.rollout_stuck", "deployment/web", "The rollout of web exceeded its deadline", SignalState.Recovered),
            Signal("deployment.rolled_back", "deployment/web", "Deployment web was rolled back to revision 7", severity: Severity.Info,
                minute: 2, line: 2),
            Normal("deployments.available", "deployment/web", "Deployment web has its 3 replicas"));

        Assert.Equal((Verdict.NoActiveFailure, FailureCategory.Healthy), (answer.Verdict, answer.Category));
        Assert.Contains("rolled back", answer.RootCause, StringComparison.Ordinal);
        Assert.Contains(answer.Claims, claim => claim.Text.Contains("revision 7", StringComparison.Ordinal));
    }

    [Fact]
    public void Does_not_call_a_system_healthy_while_something_still_fails()
    {
        var answer = Answer(
            Signal("node.not_ready", "node/n1", "Node n1 is not ready"),
            Normal("alerts.ok", "", "All 5 monitors are OK"),
            Normal("metric.within_bounds", "metric/cpu", "cpu stayed between 1 and 2 %"));

        Assert.Equal(FailureCategory.Infrastructure, answer.Category);
    }

    [Fact]
    public void Names_a_failover_though_the_system_has_recovered()
    {
        var answer = Answer(
            Signal("platform.failover", "instance/db-1", "Failover to the standby of db-1 completed", SignalState.Recovered,
                attributes: [("message", "failover completed")]),
            Signal("metric.drop", "metric/DatabaseConnections", "DatabaseConnections fell to 0", SignalState.Recovered, file: "m.json",
                attributes: [("resource", "connections")]),
            Normal("metric.within_bounds", "metric/CPUUtilization", "CPUUtilization stayed between 15 and 19 %"));

        Assert.Equal((FailureCategory.Infrastructure, Verdict.ProbableCause), (answer.Category, answer.Verdict));
        Assert.Contains("failed over", answer.RootCause, StringComparison.Ordinal);
    }

    [Fact]
    public void Distinguishes_the_cause_from_its_consequences()
    {
        var answer = Answer(
            Signal("pod.oom_killed", "pod/web-1", "Container web of pod web-1 was OOM-killed, exit code 137",
                attributes: [("exit_code", "137")]),
            Signal("pod.crash_loop", "pod/web-1", "Container web of pod web-1 is in CrashLoopBackOff", minute: 1, line: 2),
            Signal("deployment.unavailable", "deployment/web", "Deployment web has 2 of 3 replicas", minute: 2, line: 3),
            Signal("service.no_endpoints", "service/web", "Service web has no endpoints", minute: 3, line: 4));

        Assert.Equal("kubernetes.oom_killed", answer.Hypotheses[0].Id);
        Assert.Contains(
            answer.Hypotheses.Skip(1), effect =>
                answer.RootCause.Contains(effect.Statement.TrimEnd('.'), StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Names_two_independent_faults_as_two()
    {
        var answer = Answer(
            Signal("quota.exceeded", "namespace/a", "Quota q of namespace a is exceeded", severity: Severity.Critical),
            Signal("cluster.warning", "deployment/a", "FailedCreate on a", line: 2, attributes: [("reason", "FailedCreate")]),
            Signal("log.tls_failure", "file/b.log", "The certificate of pay.example expired", file: "b.log"),
            Signal("log.upstream_error", "file/b.log", "pay.example answered 526", file: "b.log", line: 2));

        Assert.Contains("quota", answer.RootCause, StringComparison.Ordinal);
        Assert.Contains("certificate", answer.RootCause, StringComparison.Ordinal);
    }

    [Fact]
    public void Asks_for_data_when_a_symptom_fits_no_failure_mode()
    {
        var answer = Answer(Signal("log.gap", "file/a.log", "The log fell silent for 900 seconds", file: "a.log"),
            Signal("log.errors", "file/a.log", "12 errors", file: "a.log", line: 2));

        Assert.Equal((FailureCategory.Unknown, ResponseType.NeedsMoreData), (answer.Category, answer.ResponseType));
        Assert.Contains("12 errors", answer.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public void Goes_back_to_weaker_signs_once_every_hypothesis_is_dropped()
    {
        var strong = Mode("test.strong", "log.crash", "[{ kind: log.no_errors }, { kind: pods.ready }, { kind: nodes.ready }]", 0.6);
        var weak = Mode("test.weak", "log.gap", "[]", 0.4);
        var catalogue = FailureCatalogue.Load(SignalKinds.Documented, [("strong.yaml", strong), ("weak.yaml", weak)]);
        var investigation = new Investigation(catalogue);
        investigation.Begin();

        var events = investigation.Study(Case(
            Signal("log.crash", "file/a.log", "crash"),
            Signal("log.gap", "file/a.log", "gap", line: 2),
            Normal("log.no_errors", "file/a.log", "quiet"),
            Normal("pods.ready", "deployment/a", "ready"),
            Normal("nodes.ready", "nodes", "ready")), "", []).ToList();

        Assert.Equal(
            [Phase.EstablishTimeline, Phase.FormulateHypotheses, Phase.ValidateHypotheses, Phase.FormulateHypotheses,
                Phase.ValidateHypotheses, Phase.ProposeSolution],
            events.Where(step => step.PhaseEntered is not null).Select(step => step.PhaseEntered.Phase));
        var dropped = investigation.Hypotheses.Single(hypothesis => hypothesis.Mode.Id == "test.strong");
        Assert.Contains("quiet", dropped.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Hands_over_to_people_after_three_turns_that_found_nothing()
    {
        var first = Draft([]);
        var second = Draft([first]);
        var third = Draft([first, second]);

        Assert.Equal(ResponseType.NeedsMoreData, second.ResponseType);
        Assert.Equal(ResponseType.EscalationRequired, third.ResponseType);

        static Answer Draft(IReadOnlyList<Answer> earlier)
        {
            var investigation = Study(Case());
            return AnswerDraft.Write("", investigation, [], earlier);
        }
    }

    [Fact]
    public void Takes_a_changed_line_that_bears_on_the_question_for_the_cause_of_what_timed_out()
    {
        var investigation = Study(Case(Signal("log.timeout", "file/a.log", "calls time out")),
            [KeyLine("change.diff", "+  timeout_ms = 5", changed: true)]);

        Assert.Equal(FailureCategory.ConfigurationError, investigation.Conclusion.Category);
        Assert.Contains("timeout_ms = 5", investigation.Conclusion.Cause!.Statement, StringComparison.Ordinal);
    }

    [Fact]
    public void Quotes_the_lines_that_bear_on_the_question_in_their_order()
    {
        var investigation = Study(Case(Signal("log.timeout", "file/a.log", "calls time out")),
            [KeyLine("jobs.txt", "job 88124 is suspended"), KeyLine("notes.md", "the operator left at ten")]);

        var quotes = AnswerDraft.Write("", investigation, [], []).DecisiveLines.Select(line => line.Citation.Quote).ToList();

        Assert.True(quotes.IndexOf("job 88124 is suspended") is >= 0 and var first && quotes.IndexOf("the operator left at ten") > first);
    }

    [Theory]
    [InlineData("Is checkout healthy?", "Probably no.")]
    [InlineData("The pager went off. Is checkout down?", "Probably yes.")]
    [InlineData("Which job holds the lock?", "\"job 88124 is suspended\".")]
    [InlineData("Why do calls fail?", "The root cause is probably that ")]
    public void Answers_the_question_first(string question, string begin)
    {
        var investigation = Study(Case(Signal("log.timeout", "file/a.log", "calls time out")),
            [KeyLine("jobs.txt", "job 88124 is suspended")]);

        Assert.StartsWith(begin, AnswerDraft.Write(question, investigation, [], []).Answer_, StringComparison.Ordinal);
    }

    private static KeyLine KeyLine(string fileName, string quote, bool changed = false) => new()
    {
        Citation = new() { Evidence = $"cases/c/evidence/{fileName}", FileName = fileName, StartLine = 1, EndLine = 1, Quote = quote },
        Probability = 0.5,
        Changed = changed,
    };

    private static Answer Answer(params IEnumerable<Signal> signals) => AnswerDraft.Write("", Study(Case(signals)), [], []);

    private static Investigation Study(CaseSignals signals, IReadOnlyList<KeyLine>? keyLines = null)
    {
        var investigation = new Investigation(s_catalogue);
        investigation.Begin();
        Assert.NotEmpty(investigation.Study(signals, "", keyLines ?? []).ToList());
        return investigation;
    }

    private static string Mode(string id, string kind, string refuting, double weight) => $$"""
        id: {{id}}
        title: Test
        category: code_defect
        statement: "it broke"
        signals:
          any: [{ kind: {{kind}}, weight: {{weight}} }]
          refuting: {{refuting}}
        fetch: [{ what: The log, why: It tells }]
        remedies: [{ action: Mend it, risk: low }]
        knowledge: test
        """;
}
