namespace FaultMaven.ServiceDefaults.Limits;

/// <summary>
/// Token buckets in the memory of one process. Those of System.Threading.RateLimiting fill in steps, say after how many steps to come back
/// and not when, and have a clock of their own.
/// </summary>
internal sealed class LocalTokenBuckets(TimeProvider time) : ITokenBuckets
{
    private const int SweepAt = 10_000;

    private readonly Lock _lock = new();
    private readonly long _start = time.GetTimestamp();

    // When each bucket will be full, in µs from the start. One that is not here is full.
    private readonly Dictionary<(string Group, string Key), long> _full = [];

    public ValueTask<EmptyBucket?> TakeAsync(string group, IReadOnlyList<TokenBucket> buckets, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var now = (long)time.GetElapsedTime(_start).TotalMicroseconds;
            EmptyBucket? empty = null;
            for (var i = 0; i < buckets.Count; i++)
            {
                var wait = FullAfter(group, buckets[i], now) - now - (buckets[i].Interval * buckets[i].Capacity);
                if (wait > 0 && !(empty?.Wait.TotalMicroseconds >= wait))
                {
                    empty = new EmptyBucket(i, TimeSpan.FromMicroseconds(wait));
                }
            }

            if (empty is not null)
            {
                return new(empty);
            }

            foreach (var bucket in buckets)
            {
                _full[(group, bucket.Key)] = FullAfter(group, bucket, now);
            }

            Sweep(now);
            return new((EmptyBucket?)null);
        }
    }

    // When it would be full, were a token taken now. A limit that was lowered does not leave someone with a wait of the former one.
    private long FullAfter(string group, TokenBucket bucket, long now) =>
        Math.Clamp(_full.GetValueOrDefault((group, bucket.Key)), now, now + (bucket.Interval * bucket.Capacity)) + bucket.Interval;

    private void Sweep(long now)
    {
        if (_full.Count < SweepAt)
        {
            return;
        }

        foreach (var (key, _) in _full.Where(bucket => bucket.Value <= now).ToList())
        {
            _full.Remove(key);
        }
    }
}
