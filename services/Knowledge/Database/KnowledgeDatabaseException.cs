namespace FaultMaven.Knowledge.Database;

/// <summary>The database could not do what was asked, for a reason outside this program.</summary>
internal sealed class KnowledgeDatabaseException(KnowledgeDatabaseFailure failure, Exception cause)
    : Exception($"The knowledge database is {failure}.", cause)
{
    public KnowledgeDatabaseFailure Failure { get; } = failure;
}

/// <summary>What keeps the database from working.</summary>
internal enum KnowledgeDatabaseFailure
{
    /// <summary>It cannot be opened or read, is damaged, locked by another process, or written by a newer version.</summary>
    Unavailable,

    /// <summary>There is no room left to write to.</summary>
    Full,
}
