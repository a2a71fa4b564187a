namespace FaultMaven.Cli.Investigate;

/// <summary>A file to upload.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Label">How to name it to the person who asked: as they gave it, or relative to the folder they gave.</param>
/// <param name="Problem">Why it cannot be read. Null if it can.</param>
internal sealed record EvidenceFile(string Path, string Label, string? Problem = null)
{
    /// <summary>Lists the files that the paths stand for. A file named by itself is always taken; of a folder, everything but hidden files
    /// and links to other folders; a file in it that cannot be read has a <see cref="Problem"/>.</summary>
    /// <exception cref="CommandFailedException">A path leads nowhere, cannot be read, or holds nothing.</exception>
    public static IReadOnlyList<EvidenceFile> Collect(IEnumerable<string> paths)
    {
        var files = new List<EvidenceFile>();
        var seen = new HashSet<string>(StringComparer.Ordinal);

        foreach (var path in paths)
        {
            foreach (var file in Directory.Exists(path) ? InFolder(path) : [Named(path)])
            {
                if (seen.Add(System.IO.Path.GetFullPath(file.Path)))
                {
                    files.Add(file);
                }
            }
        }

        return files;
    }

    private static EvidenceFile Named(string path)
    {
        if (!File.Exists(path))
        {
            throw new CommandFailedException(ExitCode.Unreadable, $"{path}: no such file or folder, or a link that leads nowhere.");
        }

        return ProblemOf(path) is { } problem
            ? throw new CommandFailedException(ExitCode.Unreadable, $"{path} cannot be read: {problem}")
            : new(path, path);
    }

    private static List<EvidenceFile> InFolder(string folder)
    {
        try
        {
            var options = new EnumerationOptions
            {
                RecurseSubdirectories = false,
                IgnoreInaccessible = false,
                AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
            };
            var files = new List<EvidenceFile>();
            var pending = new Stack<string>([folder]);

            while (pending.TryPop(out var current))
            {
                foreach (var entry in new DirectoryInfo(current).EnumerateFileSystemInfos("*", options))
                {
                    var isLink = entry.Attributes.HasFlag(FileAttributes.ReparsePoint);

                    if (Directory.Exists(entry.FullName))
                    {
                        if (!isLink)
                        {
                            pending.Push(entry.FullName);
                        }
                    }
                    else if (entry.Exists)
                    {
                        files.Add(new(entry.FullName, System.IO.Path.GetRelativePath(folder, entry.FullName), ProblemOf(entry.FullName)));
                    }
                }
            }

            files.Sort((one, other) => string.CompareOrdinal(one.Label, other.Label));
            return files.Count > 0 ? files : throw new CommandFailedException(ExitCode.Unreadable, $"{folder} holds no files to investigate.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Unreadable, $"{folder} cannot be read: {exception.Message}", exception);
        }
    }

    // Found out before anything is started or uploaded. Opening and closing a pipe would break it; only a regular file has a length.
    private static string? ProblemOf(string path)
    {
        try
        {
            if (new FileInfo(path).Length > 0)
            {
                using var file = File.OpenHandle(path);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }
}
