using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.Incidents.Tests;

/// <summary>All services in one process, in which every incident is its own case.</summary>
public sealed class IncidentHost : IAsyncLifetime
{
    private FaultMavenHost? _host;
    private SessionService.SessionServiceClient _session = null!;
    private AgentService.AgentServiceClient _agent = null!;

    internal DataService.DataServiceClient Data { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await FaultMavenHost.StartAsync(TestContext.Current.CancellationToken);
        _session = new(_host.Channel);
        _agent = new(_host.Channel);
        Data = new(_host.Channel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    /// <summary>Uploads the evidence of an incident, asks, and waits for the answer.</summary>
    internal Task<Answer> InvestigateAsync(string incident, string question, CancellationToken cancellationToken) =>
        InvestigateAsync(incident, Incident.EvidenceOf(incident), question, cancellationToken);

    /// <summary>Uploads evidence to a new case, asks, and waits for the answer.</summary>
    internal async Task<Answer> InvestigateAsync(
        string title, IEnumerable<string> evidence, string question, CancellationToken cancellationToken)
    {
        var opened = await _session.CreateCaseAsync(new CreateCaseRequest { Title = title }, cancellationToken: cancellationToken);
        foreach (var path in evidence)
        {
            var content = ByteString.CopyFrom(await File.ReadAllBytesAsync(path, cancellationToken));
            await Data.CreateEvidenceAsync(
                new CreateEvidenceRequest { Parent = opened.Name, FileName = Path.GetFileName(path), Content = content },
                cancellationToken: cancellationToken);
        }

        var turn = await _agent.CreateTurnAsync(new CreateTurnRequest { Parent = opened.Name, Question = question },
            cancellationToken: cancellationToken);
        using var watch = _agent.WatchTurn(new WatchTurnRequest { Name = turn.Name }, cancellationToken: cancellationToken);
        await foreach (var next in watch.ResponseStream.ReadAllAsync(cancellationToken))
        {
            switch (next.PayloadCase)
            {
                case TurnEvent.PayloadOneofCase.Completed:
                    return next.Completed;
                case TurnEvent.PayloadOneofCase.Failed:
                    throw new InvalidOperationException($"{next.Failed.Error}");
            }
        }

        throw new InvalidOperationException("The stream ended before the turn.");
    }
}
