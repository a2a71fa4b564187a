namespace FaultMaven.Cli.Investigate;

/// <summary>A file to upload.</summary>
/// <param name="Path">Its path; <c>-</c> for standard input.</param>
/// <param name="Label">Its name in messages: as it was given, or relative to the folder that was given.</param>
/// <param name="Problem">Why it cannot be read. Null if it can.</param>
internal sealed record EvidenceFile(string Path, string Label, string? Problem = null)
{
    private const string StandardInput = "-";

    /// <summary>The name of the file in the case.</summary>
    public string FileName => IsStandardInput ? "stdin" : System.IO.Path.GetFileName(Path);

    private bool IsStandardInput => Path == StandardInput;

    /// <summary>Lists the files that the paths name. A file given by itself is always taken; of a folder, everything except hidden files
    /// and links to other folders; a file in it that cannot be read has a <see cref="Problem"/>.</summary>
    /// <exception cref="CommandFailedException">A path does not exist, cannot be read, or contains nothing.</exception>
    public static IReadOnlyList<EvidenceFile> Collect(IEnumerable<string> paths)
    {
        var files = new List<EvidenceFile>();
        var seen = new HashSet<string>(StringComparer.Ordinal);

        foreach (var path in paths)
        {
            foreach (var file in InPath(path))
            {
                if (seen.Add(System.IO.Path.GetFullPath(file.Path)))
                {
                    files.Add(file);
                }
            }
        }

        return files;
    }

    private static List<EvidenceFile> InPath(string path) =>
        path == StandardInput ? [new(path, "standard input")]
        : Directory.Exists(path) ? InFolder(path)
        : [Named(path)];

    private static EvidenceFile Named(string path)
    {
        if (!File.Exists(path))
        {
            throw new CommandFailedException(ExitCode.Unreadable, $"{path}: no such file or folder, or a broken link.");
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
                        var label = System.IO.Path.GetRelativePath(folder, entry.FullName);
                        files.Add(new(entry.FullName, label, ProblemOf(entry.FullName)));
                    }
                }
            }

            files.Sort((one, other) => string.CompareOrdinal(one.Label, other.Label));
            return files.Count > 0 ? files : throw new CommandFailedException(ExitCode.Unreadable, $"{folder} contains no files.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Unreadable, $"{folder} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Opens it for reading.</summary>
    /// <exception cref="CommandFailedException">It cannot be read.</exception>
    public Stream Open()
    {
        if (IsStandardInput)
        {
            return Console.OpenStandardInput();
        }

        try
        {
            return new FileStream(
                Path, new FileStreamOptions { Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 0 });
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Unreadable, $"{Label} cannot be read: {exception.Message}", exception);
        }
    }

    // Checked before anything is started or uploaded. Opening and closing a pipe would break it; only a regular file has a length.
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
