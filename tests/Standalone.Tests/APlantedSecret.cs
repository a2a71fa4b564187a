using System.Text;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Knowledge.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.Standalone.Tests;

/// <summary>Made-up credentials, one for every way in, so that whichever is found where it must not be names the way it came.</summary>
[Collection(nameof(TracedProcess))]
public sealed class APlantedSecret
{
    private const string Reply = """
        {"category": "configuration_error", "root_cause": "The password was rejected.", "summary": "The database refused the log-in.",
         "claims": []}
        """;

    private readonly Dictionary<string, string> _planted = [];
    private readonly List<string> _errors = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reaches_no_stored_byte_no_request_no_telemetry_and_no_error()
    {
        await using var collector = await Collector.StartAsync(Cancel);
        await using var model = await ScriptedModel.StartAsync([Reply], Cancel);
        var settings = new Dictionary<string, string?>(collector.Settings)
        {
            ["Agent:Model:Endpoint"] = model.Endpoint,
            ["Agent:Model:Id"] = "scripted",
            ["Logging:LogLevel:Default"] = "Trace",
            ["Logging:Console:LogLevel:Default"] = "None",
        };
        var directory = Directory.CreateTempSubdirectory("fm-canary-");
        try
        {
            await using (var host = await FaultMavenHost.StartAsync(directory.FullName, null, settings, Cancel))
            {
                await InvestigateAsync(host);
                await FailAsync(host);
            }

            Assert.NotEmpty(model.Requests);
            Assert.Superset(new HashSet<string> { "/v1/traces", "/v1/logs", "/v1/metrics" }, collector.Received.Keys.ToHashSet());
            Assert.NotEmpty(_errors);

            var found = model.Requests.SelectMany(request => Found("a request to the model", request))
                .Concat(collector.Received.SelectMany(kind => Found(kind.Key, kind.Value)))
                .Concat(_errors.SelectMany(error => Found("an error", error)))
                .Concat(Directory.EnumerateFiles(directory.FullName, "*", SearchOption.AllDirectories).SelectMany(FoundInFile));
            Assert.Empty(found);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private async Task InvestigateAsync(FaultMavenHost host)
    {
        var sessions = new SessionService.SessionServiceClient(host.Channel);
        var data = new DataService.DataServiceClient(host.Channel);
        var knowledge = new KnowledgeService.KnowledgeServiceClient(host.Channel);
        var agent = new AgentService.AgentServiceClient(host.Channel);

        await knowledge.BatchImportDocumentsAsync(
            new()
            {
                Documents =
                {
                    new DocumentSource
                    {
                        Path = $"runbooks/{Plant("the path of a document")}.md",
                        Content = ByteString.CopyFromUtf8(
                            $"# Log-in refused {Plant("a heading")}\n\n"
                                + $"Use password: {Plant("a document")} when the database refuses the log-in.\n"),
                    },
                },
            },
            cancellationToken: Cancel);
        var created = await sessions.CreateCaseAsync(
            new() { Title = $"Log-in with {Plant("a title")} refused" }, cancellationToken: Cancel);
        await sessions.CreateMessageAsync(
            new() { Parent = created.Name, Text = $"I used {Plant("a message")}." }, cancellationToken: Cancel);
        await data.CreateEvidenceAsync(
            new()
            {
                Parent = created.Name,
                FileName = $"app-{Plant("a file name")}.log",
                Content = ByteString.CopyFromUtf8(string.Concat(Enumerable.Range(0, 30).Select(i =>
                    $"2026-03-01T10:00:{i:00}Z ERROR [db] password authentication failed for user app, token={Plant("a log")}\n"))),
            },
            cancellationToken: Cancel);
        await data.CreateEvidenceAsync(
            new()
            {
                Parent = created.Name,
                FileName = "settings.json",
                Content = ByteString.CopyFromUtf8(
                    $$"""{"kind": "ConfigMap", "data": {"db.password": "{{Plant("a document's value")}}","""
                        + $$""" "{{Plant("a document's key")}}": "1" } }"""),
            },
            cancellationToken: Cancel);
        using var upload = data.UploadEvidence(cancellationToken: Cancel);
        await upload.RequestStream.WriteAsync(
            new() { Metadata = new() { Parent = created.Name, FileName = $"{Plant("an upload's name")}.txt" } }, Cancel);
        var content = Encoding.UTF8.GetBytes($"2026-03-01T10:00:00Z WARN retrying with Authorization: Bearer {Plant("an upload")}\n");
        foreach (var piece in content.Chunk(50))
        {
            await upload.RequestStream.WriteAsync(new() { Chunk = ByteString.CopyFrom(piece) }, Cancel);
        }

        await upload.RequestStream.CompleteAsync();
        await upload;

        var turn = await agent.CreateTurnAsync(
            new() { Parent = created.Name, Question = $"Why is the log-in with {Plant("a question")} refused?" },
            cancellationToken: Cancel);
        using var watch = sessions.WatchCase(new() { Name = created.Name }, cancellationToken: Cancel);
        while (await watch.ResponseStream.MoveNext(Cancel) && watch.ResponseStream.Current.TurnCompleted?.Turn != turn.Name)
        {
        }

        using var http = host.CreateHttpClient();
        await http.GetStringAsync($"/v1/documents:search?query=log-in+{Plant("a query for documents")}", Cancel);
        using var search = await http.PostAsync(
            $"/v1/{created.Name}/evidence:search",
            new StringContent($$"""{"text": "{{Plant("a query for evidence")}}"}""", System.Text.Encoding.UTF8, "application/json"),
            Cancel);
        search.EnsureSuccessStatusCode();
    }

    // Calls that fail because of what they carry.
    private async Task FailAsync(FaultMavenHost host)
    {
        var sessions = new SessionService.SessionServiceClient(host.Channel);
        var data = new DataService.DataServiceClient(host.Channel);
        var agent = new AgentService.AgentServiceClient(host.Channel);
        var created = await sessions.CreateCaseAsync(new(), cancellationToken: Cancel);

        await ExpectErrorAsync(
            data.CreateEvidenceAsync(
                new() { Parent = created.Name, FileName = $"{Plant("the name of an empty file")}.log" }, cancellationToken: Cancel));
        await ExpectErrorAsync(data.CreateEvidenceAsync(
            new()
            {
                Parent = created.Name,
                FileName = $"{Plant("a name too long")}{new string('x', 2_000)}",
                Content = ByteString.CopyFromUtf8("x"),
            },
            cancellationToken: Cancel));
        await ExpectErrorAsync(agent.CreateTurnAsync(
            new() { Parent = created.Name, Question = Plant("a question too long") + new string('x', 20_000) }, cancellationToken: Cancel));
        await ExpectErrorAsync(sessions.CreateMessageAsync(
            new() { Parent = created.Name, Text = "Hello", Turn = Plant("a turn") }, cancellationToken: Cancel));
    }

    private async Task ExpectErrorAsync<T>(AsyncUnaryCall<T> call)
    {
        var error = await Assert.ThrowsAsync<RpcException>(async () => await call);
        _errors.Add($"{error} "
            + string.Join(' ', error.Trailers.Select(entry => entry.IsBinary ? Encoding.UTF8.GetString(entry.ValueBytes) : entry.Value)));
    }

    /// <summary>A credential that no vendor issued: the right form for one of GitHub's, counted up.</summary>
    private string Plant(string way)
    {
        if (!_planted.TryGetValue(way, out var secret))
        {
            secret = $"ghp_MadeUp{_planted.Count:00}{Guid.NewGuid():N}"[..40];
            _planted.Add(way, secret);
        }

        return secret;
    }

    private IEnumerable<string> FoundInFile(string path)
    {
        var bytes = File.ReadAllBytes(path);
        return Found(path, Encoding.Latin1.GetString(bytes)).Concat(Found(path, Encoding.Unicode.GetString(bytes)));
    }

    private IEnumerable<string> Found(string place, string text) => _planted
        .Where(planted => text.Contains(planted.Value, StringComparison.OrdinalIgnoreCase))
        .Select(planted => $"{planted.Key} is in {place}");
}
