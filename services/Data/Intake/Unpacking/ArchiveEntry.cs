namespace FaultMaven.Data.Intake.Unpacking;

/// <summary>A file in an archive, or an entry that cannot be read.</summary>
/// <param name="Path">Its path as the archive has it, for display alone: no file is ever named after it. Empty if it is not known.</param>
/// <param name="Content">Its bytes, to be read before the next entry is asked for. Null if <paramref name="Problem"/> says why there are
/// none.</param>
/// <param name="IsDamaged">Whether bytes of it are missing; known once <paramref name="Content"/> was read to its end.</param>
/// <param name="Problem">Why it cannot be read, a sentence; empty if it can.</param>
internal sealed record ArchiveEntry(string Path, Stream? Content, Func<bool> IsDamaged, string Problem)
{
    /// <summary>What ends an archive that does not end as it should.</summary>
    public static ArchiveEntry Damage { get; } = Unreadable("", "The archive is damaged or cut off; what comes before is kept.");

    public static ArchiveEntry Of(string path, Stream content, Func<bool> isDamaged) => new(path, content, isDamaged, "");

    public static ArchiveEntry Unreadable(string path, string problem) => new(path, null, () => false, problem);
}
