namespace FaultMaven.Protos;

/// <summary>What someone may do in their tenant. Each of the first four may do what the one before may.</summary>
public enum Role
{
    /// <summary>Reads cases, evidence, answers and documents.</summary>
    Viewer = 1,

    /// <summary>Works on cases: opens them, adds evidence and documents, asks.</summary>
    Member = 2,

    /// <summary>Runs the system: events that could not be delivered.</summary>
    Operator = 3,

    /// <summary>Decides what is redacted, and may put redacted values back.</summary>
    Admin = 4,

    /// <summary>Reads what a viewer reads, and the audit log; changes nothing.</summary>
    Auditor = 5,
}
