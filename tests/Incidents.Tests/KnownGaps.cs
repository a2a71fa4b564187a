namespace FaultMaven.Incidents.Tests;

/// <summary>Incidents that do not come out right yet, and why. The test fails when one of them does, so the list stays true.</summary>
internal static class KnownGaps
{
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["eks-autoscaler-at-maximum"] = "Does not say which metric the autoscaler runs into.",
        ["eks-third-party-503"] = "Does not say how the dependency failed.",
        ["healthy-failover-completed-long-ago"] = "A failover counts as the cause however long ago it was.",
        ["mixed-certificate-expired"] = "Does not say what is wrong with the certificate.",
        ["mixed-cluster-dns-down"] = "The crash of the name service outweighs the names that do not resolve.",
        ["mixed-go-panic-after-deploy"] = "A panic that the server survives is not recognised.",
        ["mixed-poison-message"] = "Input that cannot be read is taken for a setting.",
        ["rds-idle-in-transaction-leak"] = "Does not name the instance.",
        ["rds-memory-and-swap"] = "Does not name the instance.",
        ["rds-parameter-change-memory"] = "The change of a parameter is not taken for the cause of restarts for want of memory.",
        ["rds-restarted-by-maintenance"] = "A fall that is over is taken for a failure that goes on.",
        ["rds-storage-exhausted"] = "Does not name the instance.",
    };
}
