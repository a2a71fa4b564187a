using FaultMaven.ServiceDefaults.State;
using StackExchange.Redis;

namespace FaultMaven.ServiceDefaults.Storage;

/// <summary>Why the store did not do what it was asked.</summary>
public enum StoreFailureKind
{
    /// <summary>It did not answer, is starting or takes no writes now. It may do so later.</summary>
    Away,

    /// <summary>It has no memory or no disk left for a write.</summary>
    Full,
}

/// <summary>Recognises failures of a store that are about its condition and not about what it was asked.</summary>
public static class StoreFailure
{
    /// <summary>What the exception means, or null if it does not come from the store or is about the command itself (our bug).</summary>
    public static StoreFailureKind? Of(Exception exception) => exception switch
    {
        StateStoreException store => store.Kind,
        RedisConnectionException or RedisTimeoutException => StoreFailureKind.Away,
        RedisServerException server => Of(server.Message),
        _ => null,
    };

    // Errors begin with their code (https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors).
    private static StoreFailureKind? Of(string message) => message.Split(' ', 2)[0] switch
    {
        // MISCONF: a snapshot or the append-only file could not be written, which is nearly always a full disk.
        "OOM" or "MISCONF" => StoreFailureKind.Full,
        "READONLY" or "LOADING" or "MASTERDOWN" or "CLUSTERDOWN" or "TRYAGAIN" or "BUSY" or "NOREPLICAS" or "UNKILLABLE" =>
            StoreFailureKind.Away,

        // A command of a transaction was refused, for one of the reasons above; the error does not say which.
        "EXECABORT" => StoreFailureKind.Away,
        _ => null,
    };
}
