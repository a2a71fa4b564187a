using System.Globalization;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Api;

/// <summary>
/// Limits how many calls work through stored text or uploaded logs at the same time: each keeps a processor busy for as long as it takes,
/// and more at once would only make all of them late.
/// </summary>
internal sealed class ReadAdmission(IOptions<ReadOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_retryDelay = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _reads = new(options.Value.MaxConcurrent);
    private readonly SemaphoreSlim _minings = new(options.Value.MaxConcurrent);

    /// <summary>
    /// Waits for a place among the calls that read stored text; dispose of it to give it back. RESOURCE_EXHAUSTED if it takes too long.
    /// </summary>
    public Task<Place> EnterAsync(CancellationToken cancellationToken) => EnterAsync(_reads, cancellationToken);

    /// <summary>The same among the calls that mine templates, which last as long as their callers send.</summary>
    public Task<Place> EnterMiningAsync(CancellationToken cancellationToken) => EnterAsync(_minings, cancellationToken);

    public void Dispose()
    {
        _reads.Dispose();
        _minings.Dispose();
    }

    private async Task<Place> EnterAsync(SemaphoreSlim places, CancellationToken cancellationToken)
    {
        if (await places.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return new Place(places);
        }

        using var patience = new CancellationTokenSource(options.Value.Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);

        try
        {
            await places.WaitAsync(either.Token);

            return new Place(places);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            var maximum = options.Value.MaxConcurrent.ToString(CultureInfo.InvariantCulture);

            throw RpcFault.Exhausted(
                ErrorReason.Overloaded,
                s_retryDelay,
                $"{maximum} calls of this kind are in progress, which is the limit; retry.",
                ("limit", "requests"),
                ("maximum", maximum));
        }
    }

    /// <summary>A place that is taken.</summary>
    internal sealed class Place(SemaphoreSlim places) : IDisposable
    {
        private SemaphoreSlim? _places = places;

        public void Dispose() => Interlocked.Exchange(ref _places, null)?.Release();
    }
}
