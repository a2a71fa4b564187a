namespace FaultMaven.Protos;

/// <summary>What someone may do in a case. Who may do one of these may do those before it.</summary>
public enum CaseRight
{
    /// <summary>See all of it. Viewers may.</summary>
    Read = 1,

    /// <summary>Add evidence, messages and questions. Support may.</summary>
    Contribute = 2,

    /// <summary>Change what is there, close it and open it again. Collaborators may.</summary>
    Change = 3,

    /// <summary>Delete it. In a case that is for its members alone, its owner may; in others, everyone who may work on cases.</summary>
    Delete = 4,

    /// <summary>Say who else may see it, and who owns it. Its owner may.</summary>
    Own = 5,
}
