using System.Threading.Channels;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Standalone.State;

/// <summary>Wakes those who follow streams once something of their partition has changed.</summary>
internal sealed class StateWatches
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Partition, List<Channel<bool>>> _watches = [];

    /// <summary>Begins a watch of a partition, which lasts until it is disposed of.</summary>
    public Watch Begin(Partition partition)
    {
        var wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        lock (_lock)
        {
            if (!_watches.TryGetValue(partition, out var watches))
            {
                _watches.Add(partition, watches = []);
            }

            watches.Add(wake);
        }

        return new Watch(this, partition, wake);
    }

    public void Notify(Partition partition)
    {
        lock (_lock)
        {
            if (_watches.TryGetValue(partition, out var watches))
            {
                watches.ForEach(wake => wake.Writer.TryWrite(true));
            }
        }
    }

    private void End(Partition partition, Channel<bool> wake)
    {
        lock (_lock)
        {
            var watches = _watches[partition];
            watches.Remove(wake);
            if (watches.Count == 0)
            {
                _watches.Remove(partition);
            }
        }
    }

    internal sealed class Watch(StateWatches watches, Partition partition, Channel<bool> wake) : IDisposable
    {
        /// <summary>Waits for a change since the last call, or until some time has passed.</summary>
        public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
        {
            try
            {
                // Not ReadAsync: one that is given up would take the next notice.
                await wake.Reader.WaitToReadAsync(cancellationToken).AsTask().WaitAsync(atMost, time, cancellationToken);
                wake.Reader.TryRead(out _);
            }
            catch (TimeoutException)
            {
                // No notice came in time.
            }
        }

        public void Dispose() => watches.End(partition, wake);
    }
}
