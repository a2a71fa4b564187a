namespace FaultMaven.ServiceDefaults.Limits;

/// <summary>
/// Buckets of tokens that fill evenly, and that all replicas share: a call takes a token out of each bucket that counts it.
/// </summary>
public interface ITokenBuckets
{
    /// <summary>Takes a token out of each bucket if each has one, and none otherwise.</summary>
    /// <param name="group">What the buckets belong to, such as a tenant; buckets that are taken from together are of one group.</param>
    /// <param name="buckets">The buckets; one that was not used for long is full.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null if tokens were taken; otherwise the bucket that will take longest to have one, and how long.</returns>
    ValueTask<EmptyBucket?> TakeAsync(string group, IReadOnlyList<TokenBucket> buckets, CancellationToken cancellationToken);
}

/// <summary>A bucket.</summary>
/// <param name="Key">Which one it is in its group.</param>
/// <param name="PerMinute">How many tokens it gets in a minute: 1 to 1,000,000.</param>
/// <param name="Capacity">How many it holds: 1 to 1,000,000.</param>
public readonly record struct TokenBucket(string Key, int PerMinute, int Capacity)
{
    private const long Minute = 60_000_000;

    /// <summary>How long it takes to get a token, in µs.</summary>
    internal long Interval => Minute / PerMinute;
}

/// <summary>A bucket without a token.</summary>
/// <param name="Index">Which of those that were asked for it is.</param>
/// <param name="Wait">How long until it has one, if no one else takes it.</param>
public readonly record struct EmptyBucket(int Index, TimeSpan Wait);
