using System.Globalization;
using System.Text;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Session.V1;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.AppHost.Tests;

/// <summary>One case on the running system, as a client sees it. Every call has a deadline; a call that exceeds it hangs.</summary>
internal sealed class Investigation(DistributedFaultMaven system, string caseName)
{
    /// <summary>
    /// How long a call may take while a service is down, on an overloaded machine. The services' own deadlines are shorter.
    /// </summary>
    private static readonly TimeSpan s_callTimeout = TimeSpan.FromMinutes(5);

    // What the services ask of callers in RetryInfo.
    private static readonly TimeSpan s_retry = TimeSpan.FromSeconds(1);

    public string CaseName { get; } = caseName;

    public static async Task<Investigation> OpenAsync(DistributedFaultMaven system, CancellationToken cancellationToken)
    {
        var request = new CreateCaseRequest { Title = "Checkout fails", RequestId = NewRequestId() };
        var opened = await RepeatAsync(
            () => system.Session.CreateCaseAsync(request, Options(cancellationToken)).ResponseAsync, cancellationToken);
        return new Investigation(system, opened.Name);
    }

    public static CallOptions Options(CancellationToken cancellationToken) =>
        new(deadline: DateTime.SpecifyKind(TimeProvider.System.GetUtcNow().UtcDateTime + s_callTimeout, DateTimeKind.Utc),
            cancellationToken: cancellationToken);

    /// <summary>Uploads a log in which the heap runs out, different for each <paramref name="number"/>.</summary>
    public Task<Evidence> UploadAsync(int number, CancellationToken cancellationToken)
    {
        var request = NewUpload(number);
        return RepeatAsync(() => system.Data.CreateEvidenceAsync(request, Options(cancellationToken)).ResponseAsync, cancellationToken);
    }

    /// <summary>As <see cref="UploadAsync"/>, without calling again when the service cannot be reached.</summary>
    public Task<Evidence> TryUploadAsync(int number, CancellationToken cancellationToken) =>
        system.Data.CreateEvidenceAsync(NewUpload(number), Options(cancellationToken)).ResponseAsync;

    private CreateEvidenceRequest NewUpload(int number)
    {
        var log = new StringBuilder();
        for (var second = 0; second < 60; second++)
        {
            var level = second < 40 ? "INFO" : "ERROR";
            var message = second < 40 ? $"order {number}{second} placed" : "java.lang.OutOfMemoryError: Java heap space";
            log.Append(CultureInfo.InvariantCulture, $"2026-03-01T10:15:{second:00}.000Z {level} checkout {message}\n");
        }

        return new CreateEvidenceRequest
        {
            Parent = CaseName,
            FileName = $"checkout-{number}.log",
            Content = ByteString.CopyFromUtf8(log.ToString()),
            RequestId = NewRequestId(),
        };
    }

    /// <summary>Uploads every file of a sample incident.</summary>
    public async Task<IReadOnlyList<Evidence>> UploadSampleAsync(string sample, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(Projects.FaultMaven_AppHost.ProjectPath, "..", "samples", sample);
        var uploaded = new List<Evidence>();
        foreach (var path in Directory.EnumerateFiles(folder).Order())
        {
            var content = ByteString.CopyFrom(await File.ReadAllBytesAsync(path, cancellationToken));
            uploaded.Add(await system.Data.CreateEvidenceAsync(
                new CreateEvidenceRequest { Parent = CaseName, FileName = Path.GetFileName(path), Content = content },
                Options(cancellationToken)));
        }

        return uploaded;
    }

    public Task<Turn> AskAsync(CancellationToken cancellationToken)
    {
        var request = NewTurn();
        return RepeatAsync(() => system.Agent.CreateTurnAsync(request, Options(cancellationToken)).ResponseAsync, cancellationToken);
    }

    /// <summary>As <see cref="AskAsync"/>, without calling again when the service cannot be reached.</summary>
    public Task<Turn> TryAskAsync(CancellationToken cancellationToken) =>
        system.Agent.CreateTurnAsync(NewTurn(), Options(cancellationToken)).ResponseAsync;

    /// <summary>Watches a turn to its end: the last event is its answer or the reason it failed.</summary>
    public Task<TurnEvent> WatchToEndAsync(string turn, CancellationToken cancellationToken) =>
        RepeatAsync(() => WatchOnceAsync(turn, cancellationToken), cancellationToken);

    private async Task<TurnEvent> WatchOnceAsync(string turn, CancellationToken cancellationToken)
    {
        using var watch = system.Agent.WatchTurn(new WatchTurnRequest { Name = turn }, Options(cancellationToken));
        await foreach (var change in watch.ResponseStream.ReadAllAsync(cancellationToken))
        {
            if (change.PayloadCase is TurnEvent.PayloadOneofCase.Completed or TurnEvent.PayloadOneofCase.Failed)
            {
                return change;
            }
        }

        throw new InvalidOperationException("The stream ended before the turn.");
    }

    /// <summary>Watches the case until <paramref name="enough"/> holds for the events so far, and returns them.</summary>
    public Task<IReadOnlyList<CaseEvent>> WatchCaseUntilAsync(
        Func<IReadOnlyList<CaseEvent>, bool> enough, CancellationToken cancellationToken) =>
        RepeatAsync(() => WatchCaseOnceAsync(enough, cancellationToken), cancellationToken);

    private CreateTurnRequest NewTurn() =>
        new() { Parent = CaseName, Question = "Why does the checkout fail?", RequestId = NewRequestId() };

    /// <summary>
    /// Calls until the service can be reached, as RetryInfo says: one that has just come back may still be without its store. The calls
    /// carry a request id, so that nothing is done twice.
    /// </summary>
    private static async Task<T> RepeatAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        var until = TimeProvider.System.GetUtcNow() + s_callTimeout;
        while (true)
        {
            try
            {
                return await call();
            }
            catch (RpcException exception)
                when (exception.StatusCode == StatusCode.Unavailable && TimeProvider.System.GetUtcNow() < until)
            {
                await Task.Delay(s_retry, cancellationToken);
            }
        }
    }

    private static string NewRequestId() => Guid.NewGuid().ToString();

    private async Task<IReadOnlyList<CaseEvent>> WatchCaseOnceAsync(
        Func<IReadOnlyList<CaseEvent>, bool> enough, CancellationToken cancellationToken)
    {
        var events = new List<CaseEvent>();
        using var watch = system.Session.WatchCase(new WatchCaseRequest { Name = CaseName }, Options(cancellationToken));
        await foreach (var change in watch.ResponseStream.ReadAllAsync(cancellationToken))
        {
            events.Add(change);
            if (enough(events))
            {
                break;
            }
        }

        return events;
    }
}
