using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Session.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace FaultMaven.Cli.Tests;

/// <summary>A server whose one turn has three events and then its answer, and whose connection breaks where the script says.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ScriptedServer(WebApplication app) => _app = app;

    public string Url => _app.Urls.Single();

    /// <summary>The sequence after which each call of <c>WatchTurn</c> asked to continue.</summary>
    public IReadOnlyList<long> Watches => _app.Services.GetRequiredService<Script>().Watches;

    /// <param name="eventsBeforeBreak">How many events each watcher gets before its connection breaks; the last one gets all.</param>
    /// <param name="isForEver">Whether the connection keeps breaking, without one more event.</param>
    public static async Task<ScriptedServer> StartAsync(IReadOnlyList<int> eventsBeforeBreak, bool isForEver = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(new Script(eventsBeforeBreak, isForEver));

        var app = builder.Build();
        app.MapGrpcService<Sessions>();
        app.MapGrpcService<Evidences>();
        app.MapGrpcService<Agent>();
        await app.StartAsync();
        return new ScriptedServer(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private sealed record Script(IReadOnlyList<int> EventsBeforeBreak, bool IsForEver)
    {
        public List<long> Watches { get; } = [];
    }

    private sealed class Sessions : SessionService.SessionServiceBase
    {
        public override Task<Case> CreateCase(CreateCaseRequest request, ServerCallContext context) =>
            Task.FromResult(new Case { Name = "cases/scripted" });
    }

    private sealed class Evidences : DataService.DataServiceBase
    {
        public override async Task<Evidence> UploadEvidence(
            IAsyncStreamReader<UploadEvidenceRequest> requestStream, ServerCallContext context)
        {
            await requestStream.MoveNext(context.CancellationToken);
            var name = requestStream.Current.Metadata.FileName;
            while (await requestStream.MoveNext(context.CancellationToken))
            {
            }

            return new Evidence { Name = "cases/scripted/evidence/1", FileName = name, Type = EvidenceType.Logs };
        }
    }

    private sealed class Agent(Script script) : AgentService.AgentServiceBase
    {
        private static readonly TurnEvent[] s_events =
        [
            new() { Sequence = 1, PhaseEntered = new() { Phase = Phase.DefineBlastRadius, Reason = "First." } },
            new() { Sequence = 2, PhaseEntered = new() { Phase = Phase.EstablishTimeline, Reason = "Second." } },
            new() { Sequence = 3, PhaseEntered = new() { Phase = Phase.ProposeSolution, Reason = "Third." } },
            new()
            {
                Sequence = 4,
                Completed = new()
                {
                    Category = FailureCategory.Unknown,
                    Verdict = Verdict.NotEnoughEvidence,
                    Assurance = Assurance.None,
                    ResponseType = ResponseType.NeedsMoreData,
                    RootCause = "Unknown.",
                },
            },
        ];

        public override Task<Turn> CreateTurn(CreateTurnRequest request, ServerCallContext context) =>
            Task.FromResult(new Turn { Name = $"{request.Parent}/turns/1", State = Turn.Types.State.Running });

        public override async Task WatchTurn(
            WatchTurnRequest request, IServerStreamWriter<TurnEvent> responseStream, ServerCallContext context)
        {
            var watcher = script.Watches.Count;
            script.Watches.Add(request.AfterSequence);
            var isBreaking = watcher < script.EventsBeforeBreak.Count || script.IsForEver;
            var remaining = isBreaking ? script.EventsBeforeBreak.ElementAtOrDefault(watcher) : int.MaxValue;

            // Once headers are out, a failed call is the command's to repeat, not the channel's.
            await context.WriteResponseHeadersAsync([]);
            foreach (var turnEvent in s_events.Where(turnEvent => turnEvent.Sequence > request.AfterSequence).Take(remaining))
            {
                await responseStream.WriteAsync(turnEvent, context.CancellationToken);
            }

            if (isBreaking)
            {
                throw new RpcException(new Status(StatusCode.Unavailable, "the service is stopping"));
            }
        }
    }
}
