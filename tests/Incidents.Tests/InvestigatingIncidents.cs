using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Incidents.Tests;

public class InvestigatingIncidents(IncidentHost host) : IClassFixture<IncidentHost>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Incidents => [.. Incident.Names];

    [Theory]
    [MemberData(nameof(Incidents))]
    public async Task Finds_the_cause_and_cites_every_claim(string name)
    {
        var incident = await Incident.ReadAsync(name, Cancel);

        var answer = await host.InvestigateAsync(name, incident.Question, Cancel);

        Assert.NotEmpty(answer.Claims);
        Assert.All(answer.Claims, claim => Assert.NotEmpty(claim.Citations));
        foreach (var citation in answer.Claims.SelectMany(claim => claim.Citations).Distinct())
        {
            await AssertResolvesAsync(citation);
        }

        var faults = incident.FaultsOf(answer).ToList();
        if (KnownGaps.Reasons.TryGetValue(name, out var reason))
        {
            Assert.True(faults.Count > 0, $"{name} comes out right now: take it off the known gaps ({reason}).");
        }
        else
        {
            Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        }
    }

    [Fact]
    public void Known_gaps_are_incidents() => Assert.Subset(Incident.Names.ToHashSet(), KnownGaps.Reasons.Keys.ToHashSet());

    private async Task AssertResolvesAsync(Citation citation)
    {
        var read = await host.Data.ReadEvidenceLinesAsync(
            new ReadEvidenceLinesRequest { Name = citation.Evidence, StartLine = citation.StartLine, EndLine = citation.EndLine },
            cancellationToken: Cancel);

        Assert.Equal(citation.StartLine, read.StartLine);
        Assert.Equal(citation.EndLine - citation.StartLine + 1, read.Lines.Count);
        Assert.Contains(read.Lines, line => !string.IsNullOrWhiteSpace(line));
    }
}
