namespace FaultMaven.Data.Analysis.Documents.Events;

/// <summary>What an event of a platform says.</summary>
internal sealed record PlatformMeaning(string Kind, Proto.Severity Severity, params IReadOnlyList<(string Name, object? Value)> Attributes)
{
    public Proto.SignalState State { get; init; } = Proto.SignalState.Active;

    /// <summary>Whether it says that the problem is over.</summary>
    public bool Ends { get; init; }

    /// <summary>Whether an event like this, coming later, ends trouble of <paramref name="kind"/>.</summary>
    public bool EndsAlso(string kind) => kind switch
    {
        "platform.storage_full" or "platform.storage_low" => Kind is "platform.storage_scaled" && Ends,
        "platform.failover" => Ends && Kind is "platform.failover" or "platform.recovered",
        "platform.restart" or "platform.unavailable" or "platform.maintenance" =>
            Kind is "platform.recovered" || (Kind is "platform.restart" or "platform.failover" && Ends),
        "platform.replication_lagging" => Kind is "platform.recovered" && Ends,
        _ => false,
    };
}
