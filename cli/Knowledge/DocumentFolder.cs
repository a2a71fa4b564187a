using FaultMaven.Protos.Knowledge.V1;
using Google.Protobuf;

namespace FaultMaven.Cli.Knowledge;

/// <summary>Reads a document, or the documents below a folder.</summary>
internal static class DocumentFolder
{
    private const int MaxDocuments = 100;
    private const int MaxBytes = 5 * 512 * 1024;

    private static readonly HashSet<string> s_extensions = new([".md", ".markdown", ".txt"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Lists the documents by path; of a folder, hidden files and folders, links to folders, and other kinds of file are left out.
    /// A document given by itself has the folder it is in as its folder.</summary>
    /// <exception cref="CommandFailedException">The path does not exist, cannot be read, or contains no document.</exception>
    public static (string Folder, IReadOnlyList<string> Files) List(string path)
    {
        if (File.Exists(path))
        {
            return IsDocument(path)
                ? (Path.GetDirectoryName(Path.GetFullPath(path))!, [Path.GetFullPath(path)])
                : throw new CommandFailedException(ExitCode.Unreadable, $"{path} is not a document (.md, .markdown or .txt).");
        }

        return Directory.Exists(path)
            ? (path, InFolder(path))
            : throw new CommandFailedException(ExitCode.Unreadable, $"{path}: no such file or folder.");
    }

    private static List<string> InFolder(string folder)
    {
        try
        {
            var options = new EnumerationOptions
            {
                RecurseSubdirectories = true,
                IgnoreInaccessible = false,
                AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
            };
            var files = Directory.EnumerateFiles(folder, "*", options).Where(IsDocument).Order(StringComparer.Ordinal).ToList();
            return files.Count > 0
                ? files
                : throw new CommandFailedException(ExitCode.Unreadable, $"{folder} contains no documents (.md, .markdown or .txt).");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Unreadable, $"{folder} cannot be read: {exception.Message}", exception);
        }
    }

    private static bool IsDocument(string path) => s_extensions.Contains(Path.GetExtension(path));

    /// <summary>Reads the files into requests, each as large as the service accepts. A document too large for any request is sent
    /// alone, for the service to refuse.</summary>
    public static IEnumerable<BatchImportDocumentsRequest> Batch(string folder, IEnumerable<string> files)
    {
        var batch = new BatchImportDocumentsRequest();
        var bytes = 0;

        foreach (var file in files)
        {
            var content = File.ReadAllBytes(file);
            var path = Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/');

            if (batch.Documents.Count > 0 && (batch.Documents.Count == MaxDocuments || bytes + content.Length > MaxBytes))
            {
                yield return batch;
                (batch, bytes) = (new(), 0);
            }

            batch.Documents.Add(new DocumentSource { Path = path, Content = UnsafeByteOperations.UnsafeWrap(content) });
            bytes += content.Length + path.Length;
        }

        yield return batch;
    }
}
