namespace FaultMaven.Redaction.Policies;

/// <summary>
/// The key that a policy was sealed with is not on the ring, or the policy was changed in the store. Continuing without it could let
/// values leave.
/// </summary>
internal sealed class PolicyUnreadableException(string policy) : Exception(
    $"Policy {policy} cannot be read. Give all replicas the same Redaction:Keys, and keep old ones until every policy has been saved "
    + $"again.");
