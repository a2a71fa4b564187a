using StackExchange.Redis.Configuration;

namespace FaultMaven.ServiceDefaults.Storage;

/// <summary>
/// Times of the Redis client unless the connection string gives others. StackExchange.Redis's own defaults give up on a command after 5 s,
/// which a healthy server exceeds on an overloaded machine, and fail at start if the server is not there yet.
/// </summary>
internal sealed class StoreDefaults : DefaultOptionsProvider
{
    // Below the 30 s of a call's default deadline: the caller learns that the store does not answer, not only that time is up.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(25);

    public override bool AbortOnConnectFail => false;

    public override TimeSpan SyncTimeout => s_patience;

    public override TimeSpan? ConnectTimeout => s_patience;
}
