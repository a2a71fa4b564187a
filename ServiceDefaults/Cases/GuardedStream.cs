using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Identity;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.ServiceDefaults.Cases;

/// <summary>
/// A stream about cases. It is checked from time to time, however little is sent: a caller who may not see them any more is sent nothing
/// more, and gets the answer of anyone who may not.
/// </summary>
internal sealed class GuardedStream : IAsyncDisposable
{
    private readonly CaseGuard _guard;
    private readonly TimeSpan _pause;
    private readonly TimeProvider _time;
    private readonly string _method;
    private readonly CancellationTokenSource _ended;
    private readonly HashSet<(CaseName Case, bool IsSubject)> _cases = [];
    private readonly Lock _lock = new();
    private Task _checks = Task.CompletedTask;
    private RpcException? _refusal;

    public GuardedStream(CaseGuard guard, TimeSpan pause, TimeProvider time, ServerCallContext context)
    {
        (_guard, _pause, _time, _method) = (guard, pause, time, CalledMethod.Of(context));
        _ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        Context = new EndableCallContext(context, _ended.Token);
    }

    /// <summary>The call; it is cancelled when its caller may not make it any more.</summary>
    public ServerCallContext Context { get; }

    /// <summary>Checks whether the caller may see cases, now and from now on.</summary>
    public async Task EnterAsync(IReadOnlyList<(CaseName Case, bool IsSubject)> cases)
    {
        await _guard.EnsureAsync(_method, cases, isFresh: false, Context.CancellationToken);
        lock (_lock)
        {
            if (_cases.Count == 0)
            {
                _checks = CheckAsync();
            }

            _cases.UnionWith(cases);
        }
    }

    /// <summary>Runs the method.</summary>
    public async Task RunAsync(Func<Task> method)
    {
        try
        {
            await method();
        }
        catch (Exception) when (Volatile.Read(ref _refusal) is not null)
        {
            throw _refusal!;
        }

        if (Volatile.Read(ref _refusal) is { } refusal)
        {
            throw refusal;
        }
    }

    /// <summary>Requests, of which each that names cases is checked.</summary>
    public IAsyncStreamReader<T> Guard<T>(IAsyncStreamReader<T> requests) => new Reader<T>(this, requests);

    /// <summary>Answers, of which none is sent to those who may not have it any more.</summary>
    public IServerStreamWriter<T> Guard<T>(IServerStreamWriter<T> answers) => new Writer<T>(this, answers);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _checks;
        _ended.Dispose();
    }

    private async Task CheckAsync()
    {
        try
        {
            while (true)
            {
                await Task.Delay(_pause, _time, _ended.Token);
                List<(CaseName Case, bool IsSubject)> cases;
                lock (_lock)
                {
                    cases = [.. _cases];
                }

                await _guard.EnsureAsync(_method, cases, isFresh: false, _ended.Token);
            }
        }
        catch (Exception) when (_ended.IsCancellationRequested)
        {
            // The stream has ended.
        }
        catch (RpcException exception)
        {
            await RefuseAsync(exception);
        }
        catch (Exception exception)
        {
            // It is not known whether the caller may go on, so the stream ends; the interceptor for faults reports this.
            await RefuseAsync(new RpcException(new Status(StatusCode.Unknown, "", exception)));
        }
    }

    private Task RefuseAsync(RpcException refusal)
    {
        Volatile.Write(ref _refusal, refusal);
        return _ended.CancelAsync();
    }

    private void EnsureNotRefused()
    {
        if (Volatile.Read(ref _refusal) is { } refusal)
        {
            throw refusal;
        }
    }

    private sealed class Reader<T>(GuardedStream stream, IAsyncStreamReader<T> requests) : IAsyncStreamReader<T>
    {
        public T Current => requests.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            stream.EnsureNotRefused();
            var hasNext = await requests.MoveNext(cancellationToken);
            stream.EnsureNotRefused();
            if (hasNext && requests.Current is IMessage message && CaseReferences.Find(message) is { Count: > 0 } cases)
            {
                await stream.EnterAsync(cases);
            }

            return hasNext;
        }
    }

    private sealed class Writer<T>(GuardedStream stream, IServerStreamWriter<T> answers) : IServerStreamWriter<T>
    {
        public WriteOptions? WriteOptions
        {
            get => answers.WriteOptions;
            set => answers.WriteOptions = value;
        }

        public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

        public Task WriteAsync(T message, CancellationToken cancellationToken)
        {
            stream.EnsureNotRefused();
            return answers.WriteAsync(message, cancellationToken);
        }
    }
}
