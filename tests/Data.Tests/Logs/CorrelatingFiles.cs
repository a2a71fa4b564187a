using FaultMaven.Data.Analysis.Logs.Signals;
using FaultMaven.Data.Query.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Tests.Logs;

public class CorrelatingFiles
{
    private const string Web =
        "2026-03-12T12:00:05.000Z ERROR [a] web.Pay - call of request 4bf92f3577b34da6a3ce929d0e0e4736 failed: connection refused by "
            + "10.0.0.9:443\n";

    [Fact]
    public void Finds_troubles_that_began_together_and_name_the_same_request()
    {
        var signal = Assert.Single(
            Reconciled(
                ("web.log", Web),
                ("bank.log", "2026-03-12T12:00:02.000Z ERROR [b] bank.Book - request 4bf92f3577b34da6a3ce929d0e0e4736: out of memory\n")),
            signal => signal.Kind == "log.correlated");

        Assert.Equal(("4bf92f3577b34da6a3ce929d0e0e4736", "3"), (signal.Attributes["shared"], signal.Attributes["lead_seconds"]));
        Assert.Equal(["bank.log", "web.log"], signal.Citations.Select(citation => citation.FileName));
        Assert.Contains("bank.log (log.out_of_memory)", signal.Summary, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-03-12T12:30:02.000Z ERROR [b] bank.Book - request 4bf92f3577b34da6a3ce929d0e0e4736: out of memory\n")]
    [InlineData("2026-03-12T12:00:02.000Z ERROR [b] bank.Book - request 00f067aa0ba902b7a3ce929d0e0e4736: out of memory\n")]
    public void Sees_nothing_in_what_began_long_after_or_names_nothing_in_common(string other) =>
        Assert.DoesNotContain(Reconciled(("web.log", Web), ("bank.log", other)), signal => signal.Kind == "log.correlated");

    private static IReadOnlyList<Proto.Signal> Reconciled(params (string Name, string Text)[] files) => SignalCorrelator.Reconcile(
        [
            .. files.SelectMany(file =>
                new LogAnalyzer(TimeProvider.System)
                    .Analyze(
                        new EvidenceSource($"cases/1/evidence/{file.Name}", file.Name, 1, () => new StringReader(file.Text)),
                        TestContext.Current.CancellationToken).Signals)]);
}
