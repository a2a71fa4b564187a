using System.Text;
using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;
using Google.Protobuf;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Intake;

/// <summary>With the real Redaction and an embedded store.</summary>
public sealed class UploadingToTheWholeSystem
{
    // Made up, in the form that recognisers look for.
    private const string Key = "AKIAQZ7FAKE5FAKE3XYZ";
    private const string Address = "nobody.special@made-up-company.test";

    [Fact]
    public async Task Leaves_no_secret_in_any_file()
    {
        var directory = Directory.CreateTempSubdirectory("fm-secrets-").FullName;
        var text = string.Concat(Enumerable.Range(0, 20_000).Select(i =>
            $"2026-05-04T03:{i / 60 % 60:00}:{i % 60:00}Z INFO billing: request {i} by {Address} signed with aws_access_key_id={Key}\n"));

        await using (var host = await FaultMavenHost.StartAsync(directory, null, null, Cancel))
        {
            var evidence = await new DataService.DataServiceClient(host.Channel)
                .UploadAsync(await CreateCaseAsync(host), "billing.log", text);

            Assert.Equal((EvidenceType.Logs, 20_000L), (evidence.Type, evidence.LineCount));
            Assert.Equal(40_000, evidence.Redactions.Values.Sum());
        }

        Assert.NotEmpty(FilesThatHold(directory, "INFO billing: request 19999"));
        Assert.Empty(FilesThatHold(directory, Key));
        Assert.Empty(FilesThatHold(directory, Address));
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Finds_in_a_log_that_arrives_what_it_finds_in_one_that_is_stored()
    {
        await using var host = await FaultMavenHost.StartAsync(Cancel);
        var client = new DataService.DataServiceClient(host.Channel);
        var parent = await CreateCaseAsync(host);
        var log = string.Concat(Enumerable.Range(0, 30_000).Select(i =>
            $"2026-05-04T03:{i / 60 % 60:00}:{i % 60:00}Z {(i is > 20_000 and < 20_400 ? "ERROR" : "INFO")} billing: request {i} from "
                + $"10.4.{i % 7}.{i % 99} naïvely {(i is > 20_000 and < 20_400 ? "failed: connection refused" : "served")}\n"));
        var uploaded = await client.UploadAsync(parent, "billing.log", log);
        var arrived = await SignalsAsync();

        await client.ReclassifyAsync(new() { Name = uploaded.Name, Type = EvidenceType.Logs });

        Assert.NotEmpty(arrived);
        Assert.Equal(await SignalsAsync(), arrived);

        async Task<IReadOnlyList<Signal>> SignalsAsync() =>
            (await client.ListSignalsAsync(new() { Parent = parent, PageSize = 200 }, cancellationToken: Cancel)).Signals;
    }

    [Fact]
    public async Task Numbers_the_same_values_once_when_many_upload_them_at_once()
    {
        await using var host = await FaultMavenHost.StartAsync(Cancel);
        var client = new DataService.DataServiceClient(host.Channel);
        var parent = await CreateCaseAsync(host);

        var texts = await Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
        {
            var evidence = await client.UploadAsync(
                parent, $"{caller}.log",
                string.Concat(
                    Enumerable.Range(0, 2_000).Select(i => $"{caller} saw user{((i * 7) + (caller * 11)) % 2_000}@example.test\n")));
            return await client.ReadAllLinesAsync(evidence.Name);
        }));

        var placeholders = texts.Select((lines, caller) =>
            lines.Select((line, i) => (User: ((i * 7) + (caller * 11)) % 2_000, Placeholder: line.Split(' ')[2])).ToDictionary()).ToList();
        Assert.All(
            placeholders, placeholder => Assert.Equal(placeholders[0].OrderBy(pair => pair.Key), placeholder.OrderBy(pair => pair.Key)));
        Assert.Equal(2_000, placeholders[0].Values.Distinct().Count());
    }

    [Fact]
    public async Task Finds_signals_whose_citations_say_so()
    {
        await using var host = await FaultMavenHost.StartAsync(Cancel);
        var client = new DataService.DataServiceClient(host.Channel);
        var parent = await CreateCaseAsync(host);

        var evidence = await client.UploadAsync(parent, "pods.json", """
            {
              "kind": "List",
              "items": [
                {
                  "kind": "Pod",
                  "metadata": { "name": "web-1", "namespace": "shop" },
                  "status": {
                    "phase": "Running",
                    "containerStatuses": [
                      {
                        "name": "web",
                        "ready": false,
                        "restartCount": 7,
                        "state": { "waiting": { "reason": "CrashLoopBackOff" } },
                        "lastState": { "terminated": { "reason": "OOMKilled", "exitCode": 137 } }
                      }
                    ]
                  }
                }
              ]
            }
            """);

        var signals = (await client.ListSignalsAsync(new() { Parent = parent }, cancellationToken: Cancel)).Signals;

        Assert.Equal(EvidenceType.ClusterState, evidence.Type);
        Assert.Contains(signals, signal => signal.Kind == "pod.oom_killed");

        foreach (var citation in signals.SelectMany(signal => signal.Citations))
        {
            var cited = await client.ReadEvidenceLinesAsync(
                new() { Name = citation.Evidence, StartLine = citation.StartLine, EndLine = citation.EndLine }, cancellationToken: Cancel);

            Assert.Contains(citation.Quote.TrimEnd('…').Trim(), string.Join('\n', cited.Lines), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Finds_the_errors_of_a_log_and_when_they_were()
    {
        await using var host = await FaultMavenHost.StartAsync(Cancel);
        var client = new DataService.DataServiceClient(host.Channel);
        var parent = await CreateCaseAsync(host);

        var evidence = await client.UploadAsync(
            parent, "app.log",
            string.Concat(Enumerable.Range(0, 60).Select(i => $"2026-05-04T03:02:{i:00}Z ERROR pool: no connection left, {i} waiting\n")));

        var signals = (await client.ListSignalsAsync(
            new() { Parent = parent, Filter = "kind = \"log.*\"" }, cancellationToken: Cancel)).Signals;
        Assert.Equal(new DateTime(2026, 5, 4, 3, 2, 59, DateTimeKind.Utc), evidence.EndTime.ToDateTime());
        Assert.NotEmpty(signals);
        Assert.All(
            signals.SelectMany(signal => signal.Citations),
            citation => Assert.Contains("no connection left", citation.Quote, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Finds_the_evidence_again_after_a_restart()
    {
        var directory = Directory.CreateTempSubdirectory("fm-restart-").FullName;
        string name;

        await using (var host = await FaultMavenHost.StartAsync(directory, null, null, Cancel))
        {
            name = (await new DataService.DataServiceClient(host.Channel).UploadAsync(
                await CreateCaseAsync(host), "app.log", "kept\n")).Name;
        }

        await using (var host = await FaultMavenHost.StartAsync(directory, null, null, Cancel))
        {
            Assert.Equal(["kept"], await new DataService.DataServiceClient(host.Channel).ReadAllLinesAsync(name));
        }

        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Mines_the_templates_of_a_log()
    {
        await using var host = await FaultMavenHost.StartAsync(Cancel);
        using var call = new DataService.DataServiceClient(host.Channel).MineTemplates(cancellationToken: Cancel);

        await call.RequestStream.WriteAsync(
            new() { Options = new() { MessageOnly = true }, Chunk = ByteString.CopyFromUtf8("user 17 logged in\nuser 23 logged in\n") },
            Cancel);
        await call.RequestStream.CompleteAsync();
        var responses = await call.ResponseStream.ReadAllAsync(Cancel).ToListAsync(Cancel);

        Assert.Equal([1, 1], responses.SelectMany(response => response.LineTemplateIds));
        Assert.Equal("user <*> logged in", Assert.Single(responses.SelectMany(response => response.Templates)).Template);
    }

    private static async Task<string> CreateCaseAsync(FaultMavenHost host) =>
        (await new SessionService.SessionServiceClient(host.Channel).CreateCaseAsync(
            new() { Title = "Billing" }, cancellationToken: Cancel)).Name;

    private static IEnumerable<string> FilesThatHold(string directory, string text) =>
        Directory.EnumerateFiles(directory, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .Where(path =>
                !path.EndsWith(".sock", StringComparison.Ordinal)
                    && File.ReadAllBytes(path).AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0);
}
