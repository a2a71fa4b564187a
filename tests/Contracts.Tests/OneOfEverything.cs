using FaultMaven.Client;
using FaultMaven.Protos.Identity.V1;
using FaultMaven.Protos.Knowledge.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.Contracts.Tests;

/// <summary>A tenant that has one of everything that the contract can make.</summary>
internal sealed class OneOfEverything
{
    private const string Case = "faultmaven.dev/Case";

    private readonly FaultMavenClient _client;

    private OneOfEverything(FaultMavenClient client, IReadOnlyDictionary<string, string> names) => (_client, Names) = (client, names);

    /// <summary>Names of the same form of what there is not, by the type of the resource.</summary>
    public static IReadOnlyDictionary<string, string> Absent { get; } = Named(
        "cases/0",
        "cases/0/evidence/0",
        "cases/0/evidence/0/signals/0",
        "cases/0/messages/0",
        "cases/0/turns/0",
        "cases/0/reports/0",
        "documents/0",
        "redactionPolicies/none",
        "apiKeys/0123456789abcdef");

    /// <summary>The names of what there is, by the type of the resource.</summary>
    public IReadOnlyDictionary<string, string> Names { get; }

    /// <summary>Makes it.</summary>
    /// <param name="calls">Calls as someone of the tenant.</param>
    /// <param name="word">A word that all of it contains, which redacting leaves.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public static async Task<OneOfEverything> MakeAsync(CallInvoker calls, string word, CancellationToken cancellationToken)
    {
        var client = new FaultMavenClient(calls);
        var parent = (await client.Sessions.CreateCaseAsync(
            new() { Title = $"{word} is down" }, cancellationToken: cancellationToken)).Name;
        var message = await client.Sessions.CreateMessageAsync(
            new() { Parent = parent, Text = $"{word} again, for ann@example.net" }, cancellationToken: cancellationToken);
        var content = ByteString.CopyFromUtf8($"ERROR {word}: disk full\n");
        var evidence = await client.Data.CreateEvidenceAsync(
            new() { Parent = parent, FileName = $"{word}.log", Content = content }, cancellationToken: cancellationToken);
        var turn = await client.Agent.CreateTurnAsync(
            new() { Parent = parent, Question = $"Why is {word} down?" }, cancellationToken: cancellationToken);
        using (var watch = client.Agent.WatchTurn(new() { Name = turn.Name }, cancellationToken: cancellationToken))
        {
            while (await watch.ResponseStream.MoveNext(cancellationToken))
            {
            }
        }

        var report = await client.Agent.CreateReportAsync(new() { Parent = parent }, cancellationToken: cancellationToken);
        var signals = await client.Data.ListSignalsAsync(new() { Parent = parent }, cancellationToken: cancellationToken);
        var source = new DocumentSource { Path = $"{word.ToLowerInvariant()}.md", Content = ByteString.CopyFromUtf8($"# {word}") };
        var documents = await client.Knowledge.BatchImportDocumentsAsync(
            new() { Documents = { source } }, cancellationToken: cancellationToken);
        var policy = await client.RedactionPolicies.CreateRedactionPolicyAsync(
            new() { RedactionPolicyId = word.ToLowerInvariant(), RedactionPolicy = new() }, cancellationToken: cancellationToken);
        var key = await client.ApiKeys.CreateApiKeyAsync(
            new()
            {
                ApiKey = new()
                {
                    DisplayName = $"{word} bot",
                    Roles = { ApiKey.Types.Role.Viewer },
                    ExpireTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1)),
                },
            },
            cancellationToken: cancellationToken);
        return new OneOfEverything(client, Named(
            parent,
            evidence.Name,
            signals.Signals[0].Name,
            message.Name,
            turn.Name,
            report.Name,
            documents.Results[0].Document.Name,
            policy.Name,
            key.Name));
    }

    /// <summary>All of it.</summary>
    public async Task<string> ReadAllAsync(CancellationToken cancellationToken)
    {
        var parent = Names[Case];
        return string.Join('\n',
            await _client.Sessions.GetCaseAsync(new() { Name = parent }, cancellationToken: cancellationToken),
            await _client.Sessions.ListCaseEventsAsync(new() { Parent = parent }, cancellationToken: cancellationToken),
            await _client.Data.ListEvidenceAsync(new() { Parent = parent }, cancellationToken: cancellationToken),
            await _client.Data.ListSignalsAsync(new() { Parent = parent }, cancellationToken: cancellationToken),
            await _client.Agent.ListTurnsAsync(new() { Parent = parent }, cancellationToken: cancellationToken),
            await _client.Agent.GetReportAsync(new() { Name = Names["faultmaven.dev/Report"] }, cancellationToken: cancellationToken),
            await _client.Knowledge.ListDocumentsAsync(new(), cancellationToken: cancellationToken),
            await _client.RedactionPolicies.ListRedactionPoliciesAsync(new(), cancellationToken: cancellationToken),
            await _client.ApiKeys.ListApiKeysAsync(new(), cancellationToken: cancellationToken));
    }

    private static Dictionary<string, string> Named(
        string parent, string evidence, string signal, string message, string turn, string report, string document, string policy,
        string key) => new()
        {
            [Case] = parent,
            ["faultmaven.dev/Evidence"] = evidence,
            ["faultmaven.dev/Signal"] = signal,
            ["faultmaven.dev/Message"] = message,
            ["faultmaven.dev/Turn"] = turn,
            ["faultmaven.dev/Report"] = report,
            ["faultmaven.dev/Document"] = document,
            ["faultmaven.dev/RedactionPolicy"] = policy,
            ["faultmaven.dev/ApiKey"] = key,
            ["faultmaven.dev/Flag"] = "flags/agent-model",
            ["faultmaven.dev/FailureMode"] = "failureModes/none",
            ["faultmaven.dev/AuditLog"] = "auditLogs/session",
            ["faultmaven.dev/Outbox"] = "outboxes/session",
            ["faultmaven.dev/DeadLetter"] = "outboxes/session/deadLetters/0",
        };
}
