using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace FaultMaven.ServiceDefaults.Storage;

/// <summary>
/// How the client of Redis behaves unless the connection string says otherwise. StackExchange.Redis's own defaults give up on a command
/// after 5 s, which a healthy server exceeds on an overloaded machine, and fail at start if the server is not there yet.
/// </summary>
internal sealed class StoreDefaults : DefaultOptionsProvider
{
    // Below the 30 s of a call's default deadline: the caller learns that the store does not answer, not only that time is up.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(25);

    public override bool AbortOnConnectFail => false;

    /// <summary>
    /// While there is no connection, a command fails at once: callers are told to retry instead of waiting until it times out.
    /// </summary>
    public override BacklogPolicy BacklogPolicy => BacklogPolicy.FailFast;

    /// <summary>
    /// From half a second to five; the default begins with half the connect time-out, and a server that is back would wait for that.
    /// </summary>
    public override IReconnectRetryPolicy ReconnectRetryPolicy => new ExponentialRetry(500, 5_000);

    public override TimeSpan SyncTimeout => s_patience;

    public override TimeSpan? ConnectTimeout => s_patience;
}
