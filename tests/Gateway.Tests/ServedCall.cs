using System.Diagnostics;

namespace FaultMaven.Gateway.Tests;

/// <summary>A call of a trace, as the services of this process serve it.</summary>
internal sealed class ServedCall : IDisposable
{
    private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ActivityListener _listener;

    public ServedCall()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == _trace)
                {
                    _ended.TrySetResult();
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
        TraceParent = $"00-{_trace}-{ActivitySpanId.CreateRandom()}-01";
    }

    /// <summary>What the caller sends as <c>traceparent</c>.</summary>
    public string TraceParent { get; }

    /// <summary>Waits until a service has ended a call of the trace.</summary>
    public Task EndAsync(CancellationToken cancellationToken) => _ended.Task.WaitAsync(TimeSpan.FromMinutes(5), cancellationToken);

    public void Dispose() => _listener.Dispose();
}
