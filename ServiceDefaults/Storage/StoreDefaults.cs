using StackExchange.Redis;
using StackExchange.Redis.Configuration;

namespace FaultMaven.ServiceDefaults.Storage;

/// <summary>
/// How the client of Redis behaves unless the connection string says otherwise. StackExchange.Redis's own defaults give up on a command after
/// 5 s, which a healthy server exceeds on an overloaded machine, and fail at start if the server is not there yet.
/// </summary>
internal sealed class StoreDefaults : DefaultOptionsProvider
{
    // Below the 30 s of a call's default deadline: the caller learns that the store does not answer, not only that time is up.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(25);

    public override bool AbortOnConnectFail => false;

    /// <summary>While there is no connection, a command fails at once: callers are told to retry instead of waiting until it times out.</summary>
    public override BacklogPolicy BacklogPolicy => BacklogPolicy.FailFast;

    /// <summary>The default grows from half the connect time-out; a server that is back should be used within a second or two.</summary>
    public override IReconnectRetryPolicy ReconnectRetryPolicy => new LinearRetry(1_000);

    public override TimeSpan SyncTimeout => s_patience;

    public override TimeSpan? ConnectTimeout => s_patience;
}
