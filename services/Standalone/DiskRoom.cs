namespace FaultMaven.Standalone;

/// <summary>
/// How much room the disk of the data folder has left. Calls that write are refused before the disk is full, so that reading, deleting and
/// the next start still have some.
/// </summary>
internal sealed class DiskRoom(string directory)
{
    private const long MiB = 1024 * 1024;
    private const long LeastAtStart = 64 * MiB;

    /// <summary>Half of what a start needs, so that what a call may still write does not keep the next start from happening.</summary>
    private const long LeastForWriting = 32 * MiB;

    private readonly DriveInfo _disk = new(directory);

    /// <summary>Whether calls may write.</summary>
    public bool AllowsWriting => _disk.AvailableFreeSpace >= LeastForWriting;

    /// <summary>The message of a refused write.</summary>
    public string WritingRefused { get; } =
        $"The disk of {directory} has less than {LeastForWriting / MiB} MiB left; free some, then retry.";

    /// <summary>Makes sure that there is enough to start with.</summary>
    /// <exception cref="DataDirectoryException">There is not.</exception>
    public void EnsureStart()
    {
        if (_disk.AvailableFreeSpace < LeastAtStart)
        {
            throw new DataDirectoryException(
                $"The disk of {directory} has less than {LeastAtStart / MiB} MiB left; free some, or name another data folder.", null);
        }
    }
}
