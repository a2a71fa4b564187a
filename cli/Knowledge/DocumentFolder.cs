using FaultMaven.Protos.Knowledge.V1;
using Google.Protobuf;

namespace FaultMaven.Cli.Knowledge;

/// <summary>Reads the documents below a folder.</summary>
internal static class DocumentFolder
{
    private const int MaxDocuments = 100;
    private const int MaxBytes = 5 * 512 * 1024;

    private static readonly HashSet<string> s_extensions = new([".md", ".markdown", ".txt"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Lists the documents by path; hidden files and folders, links to folders, and other kinds of file are left out.</summary>
    /// <exception cref="CommandFailedException">The folder does not exist, cannot be read, or holds no document.</exception>
    public static IReadOnlyList<string> List(string folder)
    {
        if (!Directory.Exists(folder))
        {
            throw new CommandFailedException(ExitCode.Unreadable, File.Exists(folder) ? $"{folder} is a file; name the folder it is in." : $"{folder}: no such folder.");
        }

        try
        {
            var options = new EnumerationOptions
            {
                RecurseSubdirectories = true,
                IgnoreInaccessible = false,
                AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
            };
            var files = Directory.EnumerateFiles(folder, "*", options).Where(file => s_extensions.Contains(Path.GetExtension(file))).Order(StringComparer.Ordinal).ToList();
            return files.Count > 0 ? files : throw new CommandFailedException(ExitCode.Unreadable, $"{folder} holds no documents (.md, .markdown or .txt).");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Unreadable, $"{folder} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads the files into requests, each as large as the service takes. A document too large for any goes alone, for the
    /// service to refuse.</summary>
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
