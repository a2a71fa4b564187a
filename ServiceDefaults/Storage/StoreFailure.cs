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

/// <summary>Recognises failures of Redis that are about its condition and not about what it was asked.</summary>
public static class StoreFailure
{
    /// <summary>What the exception means, or null if it does not come from the store or is about the command itself (our bug).</summary>
    public static StoreFailureKind? Of(Exception exception) => exception switch
    {
        RedisConnectionException or RedisTimeoutException => StoreFailureKind.Away,
        RedisServerException server => Of(server.Message),
        _ => null,
    };

    // Errors begin with their code (https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors). In a transaction the
    // code of the command that was refused comes second: "EXECABORT Transaction discarded because of: OOM command not allowed …".
    private static StoreFailureKind? Of(string message)
    {
        var words = message.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries);
        return words is ["EXECABORT", ..] ? words.Select(OfCode).FirstOrDefault(kind => kind is not null) : OfCode(words.FirstOrDefault());
    }

    // MISCONF: a snapshot or the append-only file could not be written, which is nearly always a full disk.
    private static StoreFailureKind? OfCode(string? code) => code switch
    {
        "OOM" or "MISCONF" => StoreFailureKind.Full,
        "READONLY" or "LOADING" or "MASTERDOWN" or "CLUSTERDOWN" or "TRYAGAIN" or "BUSY" or "NOREPLICAS" or "UNKILLABLE" => StoreFailureKind.Away,
        _ => null,
    };
}
