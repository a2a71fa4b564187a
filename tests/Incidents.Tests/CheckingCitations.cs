using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Incidents.Tests;

/// <summary>
/// Resolves what answers cite against the evidence as it is stored, and looks for what their headlines say in the lines that they cite.
/// </summary>
public class CheckingCitations(IncidentHost host) : IClassFixture<IncidentHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Cases =>
    [
        .. Incident.Names.Select(name => $"incidents/{name}"),
        .. StrangersCase.Names.Select(name => $"strangers/{name}"),
        .. Sample.Names.Select(name => $"samples/{name}"),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Resolves_every_citation_and_finds_what_the_headline_says(string path)
    {
        var (question, evidence) = await ReadAsync(path);

        var answer = await host.InvestigateAsync(path, evidence, question, Cancel);

        Assert.NotEmpty(answer.Claims);
        Assert.All(answer.Claims, claim => Assert.NotEmpty(claim.Citations));
        var faults = await FaultsOfAsync(answer, question, evidence);
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public async Task Notices_what_is_made_up()
    {
        var (question, evidence) = await ReadAsync("samples/memory-leak-rollout");
        var answer = await host.InvestigateAsync("made up", evidence, question, Cancel);

        answer.RootCause += " It began on pod ghost-7c at 97531 requests a second.";
        answer.Affected.Add("node worker-99");
        answer.Claims[0].Citations[0].Quote = "a line that no file has";
        answer.DecisiveLines[0].Citation.StartLine = answer.DecisiveLines[0].Citation.EndLine = 1_000_000;
        var faults = await FaultsOfAsync(answer, question, evidence);

        Assert.Equal(5, faults.Count);
        string[] madeUp = ["\"ghost-7c\"", "\"97531\"", "\"worker-99\"", "a line that no file has", "does not resolve"];
        Assert.All(madeUp, wrong => Assert.Single(faults, fault => fault.Contains(wrong, StringComparison.Ordinal)));
    }

    private async Task<List<string>> FaultsOfAsync(Answer answer, string question, IReadOnlyList<string> evidence)
    {
        var cited = await CitedEvidence.ReadAsync(host.Data, answer, Cancel);
        var parent = string.Join('/', answer.EvidenceRead[0].Split('/').Take(2));
        var signals = await host.Data.ListSignalsAsync(
            new ListSignalsRequest { Parent = parent, PageSize = 1000 }, cancellationToken: Cancel);
        var headline = new HeadlineCheck(answer, question, cited, signals.Signals, [.. evidence.Select(File.ReadAllText)]);
        return [.. cited.Faults, .. headline.Faults()];
    }

    private static async Task<(string Question, IReadOnlyList<string> Evidence)> ReadAsync(string path)
    {
        var name = path[(path.IndexOf('/', StringComparison.Ordinal) + 1)..];
        return path[..^(name.Length + 1)] switch
        {
            "incidents" => ((await Incident.ReadAsync(name, Cancel)).Question, [.. Incident.EvidenceOf(name)]),
            "strangers" => ((await StrangersCase.ReadAsync(name, Cancel)).Question, [.. StrangersCase.EvidenceOf(name)]),
            _ => ("What is the root cause?", [.. Sample.EvidenceOf(name)]),
        };
    }
}
