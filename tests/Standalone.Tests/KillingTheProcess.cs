using System.Collections.Concurrent;
using System.Text;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Session.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.Standalone.Tests;

public sealed class KillingTheProcess : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fm-kill-");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Loses_nothing_that_was_acknowledged()
    {
        string name;
        string evidence;
        var messages = new List<string>();
        await using (var first = await StandaloneProcess.StartAsync(_directory.FullName, Cancel))
        {
            var sessions = new SessionService.SessionServiceClient(first.Channel);
            name = (await sessions.CreateCaseAsync(new() { Title = "Disk full" }, cancellationToken: Cancel)).Name;
            for (var i = 0; i < 20; i++)
            {
                messages.Add((await sessions.CreateMessageAsync(
                    new() { Parent = name, Text = $"message {i}" }, cancellationToken: Cancel)).Text);
            }

            evidence = (await new DataService.DataServiceClient(first.Channel).CreateEvidenceAsync(
                new()
                {
                    Parent = name,
                    FileName = "app.log",
                    Content = ByteString.CopyFrom("2026-03-01T10:00:00Z ERROR write failed: no space left on device\n", Encoding.UTF8),
                },
                cancellationToken: Cancel)).Name;
            await first.KillAsync();
        }

        await using var second = await StandaloneProcess.StartAsync(_directory.FullName, Cancel);
        var again = new SessionService.SessionServiceClient(second.Channel);
        var found = await again.ListMessagesAsync(new() { Parent = name, PageSize = 200 }, cancellationToken: Cancel);
        Assert.Equal(messages, found.Messages.Select(m => m.Text));

        var lines = await new DataService.DataServiceClient(second.Channel)
            .ReadEvidenceLinesAsync(new() { Name = evidence }, cancellationToken: Cancel);
        Assert.Contains("no space left", Assert.Single(lines.Lines), StringComparison.Ordinal);

        // Whether or not the event had left the outbox when the process died, it reaches the case, and once.
        var events = new List<CaseEvent>();
        using var watch = again.WatchCase(new() { Name = name }, cancellationToken: Cancel);
        while (events.All(e => e.EvidenceAdded is null) && await watch.ResponseStream.MoveNext(Cancel))
        {
            events.Add(watch.ResponseStream.Current);
        }

        Assert.Equal(evidence, Assert.Single(events, e => e.EvidenceAdded is not null).EvidenceAdded.Evidence);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(v => (long)v), events.Select(e => e.Version));
    }

    [Fact]
    public async Task Amid_writes_again_and_again_loses_nothing_that_was_acknowledged()
    {
        var acknowledged = new ConcurrentDictionary<string, string>();
        for (var round = 0; round < 6; round++)
        {
            await using var process = await StandaloneProcess.StartAsync(_directory.FullName, Cancel);
            var sessions = new SessionService.SessionServiceClient(process.Channel);
            await Verify(sessions, acknowledged);

            var enough = new TaskCompletionSource();
            var target = acknowledged.Count + 40;
            var writers = Enumerable.Range(0, 8).Select(_ => WriteAsync(sessions, acknowledged, target, enough)).ToList();
            await enough.Task.WaitAsync(Cancel);
            await process.KillAsync();
            await Task.WhenAll(writers);
        }
    }

    [Fact]
    public async Task Amid_requests_that_are_then_repeated_has_each_carried_out_once()
    {
        var name = "";
        var number = 0;
        var unanswered = new ConcurrentBag<CreateMessageRequest>();
        var texts = new ConcurrentBag<string>();
        for (var round = 0; round < 6; round++)
        {
            await using var process = await StandaloneProcess.StartAsync(_directory.FullName, Cancel);
            var sessions = new SessionService.SessionServiceClient(process.Channel);
            name = name.Length > 0 ? name : (await sessions.CreateCaseAsync(new() { Title = "Disk full" }, cancellationToken: Cancel)).Name;
            while (unanswered.TryTake(out var request))
            {
                await sessions.CreateMessageAsync(request, cancellationToken: Cancel);
            }

            var enough = new TaskCompletionSource();
            var target = texts.Count + 60;
            var writers = Enumerable.Range(0, 8).Select(_ => SayAsync(sessions)).ToList();
            await enough.Task.WaitAsync(Cancel);
            await process.KillAsync();
            await Task.WhenAll(writers);

            async Task SayAsync(SessionService.SessionServiceClient sessions)
            {
                var isAlive = true;
                while (isAlive)
                {
                    var request = new CreateMessageRequest
                    {
                        Parent = name, Text = $"message {Interlocked.Increment(ref number)}", RequestId = $"{Guid.NewGuid()}",
                    };
                    texts.Add(request.Text);
                    try
                    {
                        await sessions.CreateMessageAsync(request, cancellationToken: Cancel);
                    }
                    catch (RpcException)
                    {
                        unanswered.Add(request);
                        isAlive = false;
                    }

                    if (texts.Count >= target)
                    {
                        enough.TrySetResult();
                    }
                }
            }
        }

        await using var last = await StandaloneProcess.StartAsync(_directory.FullName, Cancel);
        var again = new SessionService.SessionServiceClient(last.Channel);
        foreach (var request in unanswered)
        {
            await again.CreateMessageAsync(request, cancellationToken: Cancel);
        }

        var said = new List<string>();
        var page = new ListMessagesRequest { Parent = name, PageSize = 200 };
        do
        {
            var found = await again.ListMessagesAsync(page, cancellationToken: Cancel);
            said.AddRange(found.Messages.Select(message => message.Text));
            page.PageToken = found.NextPageToken;
        }
        while (page.PageToken.Length > 0);

        Assert.Equal(texts.Order(StringComparer.Ordinal), said.Order(StringComparer.Ordinal));
    }

    // Writes until the process is gone.
    private static async Task WriteAsync(
        SessionService.SessionServiceClient sessions, ConcurrentDictionary<string, string> acknowledged, int target,
        TaskCompletionSource enough)
    {
        try
        {
            while (true)
            {
                var title = $"Case {Guid.NewGuid()}";
                acknowledged[(await sessions.CreateCaseAsync(new() { Title = title }, cancellationToken: Cancel)).Name] = title;
                if (acknowledged.Count >= target)
                {
                    enough.TrySetResult();
                }
            }
        }
        catch (RpcException)
        {
        }
    }

    private static async Task Verify(SessionService.SessionServiceClient sessions, ConcurrentDictionary<string, string> acknowledged)
    {
        foreach (var (name, title) in acknowledged)
        {
            Assert.Equal(title, (await sessions.GetCaseAsync(new() { Name = name }, cancellationToken: Cancel)).Title);
        }
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
