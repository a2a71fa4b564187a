using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What state every resource is in, and every change of it.</summary>
public sealed class ResourceNotificationService
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ResourceEvent> _latest = [];
    private readonly List<Channel<ResourceEvent>> _watchers = [];

    /// <summary>The present state of every resource, then each change.</summary>
    public async IAsyncEnumerable<ResourceEvent> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var channel = Channel.CreateUnbounded<ResourceEvent>();
        lock (_lock)
        {
            foreach (var latest in _latest.Values)
            {
                channel.Writer.TryWrite(latest);
            }

            _watchers.Add(channel);
        }

        try
        {
            await foreach (var change in channel.Reader.ReadAllAsync(cancellationToken))
            {
                yield return change;
            }
        }
        finally
        {
            lock (_lock)
            {
                _watchers.Remove(channel);
            }
        }
    }

    public Task WaitForResourceAsync(string resourceName, string? targetState = null, CancellationToken cancellationToken = default) =>
        WaitForResourceAsync(resourceName, change => change.Snapshot.State?.Text == (targetState ?? KnownResourceStates.Running), cancellationToken);

    public async Task<ResourceEvent> WaitForResourceAsync(
        string resourceName, Func<ResourceEvent, bool> predicate, CancellationToken cancellationToken = default)
    {
        await foreach (var change in WatchAsync(cancellationToken))
        {
            if (change.Resource.Name == resourceName && predicate(change))
            {
                return change;
            }
        }

        throw new OperationCanceledException(cancellationToken);
    }

    /// <exception cref="DistributedApplicationException">The resource ended or could not start.</exception>
    public async Task<ResourceEvent> WaitForResourceHealthyAsync(string resourceName, CancellationToken cancellationToken = default)
    {
        var change = await WaitForResourceAsync(
            resourceName,
            change => change.Snapshot.HealthStatus == HealthStatus.Healthy || HasEnded(change.Snapshot),
            cancellationToken);

        return !HasEnded(change.Snapshot)
            ? change
            : throw new DistributedApplicationException($"The resource '{resourceName}' is {change.Snapshot.State?.Text} and won't become healthy.");
    }

    /// <summary>The resource's present state, by its id or, if it has no replicas, its name.</summary>
    public bool TryGetCurrentState(string resourceId, out ResourceEvent? resourceEvent)
    {
        lock (_lock)
        {
            return _latest.TryGetValue(resourceId, out resourceEvent);
        }
    }

    internal void Publish(IResource resource, string resourceId, Func<CustomResourceSnapshot, CustomResourceSnapshot> change)
    {
        lock (_lock)
        {
            var before = _latest.TryGetValue(resourceId, out var latest) ? latest.Snapshot : new CustomResourceSnapshot();
            var after = change(before);
            if (after == before)
            {
                return;
            }

            var published = new ResourceEvent(resource, resourceId, after);
            _latest[resourceId] = published;
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(published);
            }
        }
    }

    private static bool HasEnded(CustomResourceSnapshot snapshot) => KnownResourceStates.TerminalStates.Contains(snapshot.State?.Text);
}
