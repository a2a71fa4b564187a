namespace FaultMaven.ServiceDefaults.State.Checks;

/// <summary>Verifies what a service keeps in its store, one partition at a time.</summary>
public interface IStateCheck
{
    /// <summary>The service whose store it is about.</summary>
    string Service { get; }

    /// <summary>Reads what a partition holds, counts it, and reports what is wrong.</summary>
    /// <param name="snapshot">The store as it was at one moment.</param>
    /// <param name="partition">The partition, which may be a shard.</param>
    /// <param name="findings">Where counts and problems go.</param>
    /// <param name="cancellationToken">Stops it.</param>
    Task CheckAsync(StateStore snapshot, Partition partition, StateFindings findings, CancellationToken cancellationToken);
}
