using System.Text;
using FaultMaven.Client;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;
using Google.Protobuf;

namespace FaultMaven.Standalone.Tests;

/// <summary>A word of its own for every field of a case, looked for in every stored byte before and after the case is deleted.</summary>
public sealed class DeletingACaseForGood : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fm-gone-");
    private readonly Dictionary<string, string> _words = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leaves_no_byte_of_what_was_said_and_found_in_it()
    {
        string name;
        await using (var host = await FaultMavenHost.StartAsync(_directory.FullName, null, null, Cancel))
        {
            using var client = ClientOf(host);
            name = await InvestigateAsync(client);
            await WhenNothingWaitsAsync(host);
        }

        var kept = Found();
        Assert.Superset(
            new HashSet<string> { "title", "description", "tag", "service", "message", "question", "reason", "file name", "member" },
            kept.Select(found => found.Way).ToHashSet());
        Assert.NotEmpty(FilesOf(name));

        await using (var host = await FaultMavenHost.StartAsync(_directory.FullName, null, null, Cancel))
        {
            using var client = ClientOf(host);
            await client.Sessions.DeleteCaseAsync(new() { Name = name }, cancellationToken: Cancel);
            await WhenNothingWaitsAsync(host);
        }

        Assert.Empty(Found());
        Assert.Empty(FilesOf(name));
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static FaultMavenClient ClientOf(FaultMavenHost host) =>
        new(new FaultMavenClientOptions { Address = host.Address, TokenProvider = _ => new(host.Token) });

    private async Task<string> InvestigateAsync(FaultMavenClient client)
    {
        string Id() => $"{Guid.NewGuid():N}";
        var given = new Case { Description = $"Since {Word("description")}", Tags = { Word("tag") }, Service = Word("service") };
        var created = await client.Sessions.CreateCaseAsync(
            new() { Title = $"Orders of {Word("title")} fail", Case = given, RequestId = Id() }, cancellationToken: Cancel);
        await client.Sessions.CreateMessageAsync(
            new() { Parent = created.Name, Text = $"It looks like {Word("message")}", RequestId = Id() }, cancellationToken: Cancel);
        await client.Sessions.ShareCaseAsync(
            new() { Name = created.Name, Member = $"person:{Word("member")}", Role = CaseMember.Types.Role.Viewer, RequestId = Id() },
            cancellationToken: Cancel);
        var log = string.Concat(Enumerable.Range(10, 40).Select(second =>
            $"2026-03-01T10:00:{second}Z ERROR {Word("log")}: connection pool exhausted, timed out after 30000 ms\n"));
        await client.Data.CreateEvidenceAsync(
            new()
            {
                Parent = created.Name, FileName = $"{Word("file name")}.log", Content = ByteString.CopyFromUtf8(log), RequestId = Id(),
            },
            cancellationToken: Cancel);
        var turn = await client.Agent.CreateTurnAsync(
            new() { Parent = created.Name, Question = $"Why does {Word("question")} fail?", RequestId = Id() }, cancellationToken: Cancel);
        using var watch = client.Agent.WatchTurn(new() { Name = turn.Name }, cancellationToken: Cancel);
        while (await watch.ResponseStream.MoveNext(Cancel))
        {
        }

        await client.Agent.CreateReportAsync(
            new() { Parent = created.Name, Kind = Report.Types.Kind.Incident, RequestId = Id() }, cancellationToken: Cancel);
        await client.Sessions.CloseCaseAsync(
            new()
            {
                Name = created.Name, Resolution = Case.Types.Resolution.WontFix, Reason = $"Because of {Word("reason")}", RequestId = Id(),
            },
            cancellationToken: Cancel);
        return created.Name;
    }

    // Services delete what they hold when they are notified.
    private static async Task WhenNothingWaitsAsync(FaultMavenHost host)
    {
        var client = new OutboxService.OutboxServiceClient(host.Channel);
        while ((await client.ListOutboxesAsync(new(), cancellationToken: Cancel)).Outboxes.Any(outbox => outbox.WaitingCount > 0))
        {
        }
    }

    // A word that no redaction takes for something else, and that is nowhere by chance.
    private string Word(string way)
    {
        if (!_words.TryGetValue(way, out var word))
        {
            word = $"quoll{string.Concat(Guid.NewGuid().ToByteArray().Take(8).Select(number => (char)('a' + (number % 26))))}";
            _words.Add(way, word);
        }

        return word;
    }

    private List<(string Way, string File)> Found() =>
    [
        .. from path in Directory.EnumerateFiles(_directory.FullName, "*", SearchOption.AllDirectories)
           let bytes = File.ReadAllBytes(path)
           let text = Encoding.Latin1.GetString(bytes)
           from word in _words
           where text.Contains(word.Value, StringComparison.OrdinalIgnoreCase)
           select (word.Key, Path.GetRelativePath(_directory.FullName, path)),
    ];

    private IEnumerable<string> FilesOf(string name) => Directory.EnumerateFileSystemEntries(
        _directory.FullName, $"*{name["cases/".Length..]}*", SearchOption.AllDirectories);
}
