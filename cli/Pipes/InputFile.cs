namespace FaultMaven.Cli.Pipes;

/// <summary>Opens what a command reads: a file, or standard input for <c>-</c>.</summary>
internal static class InputFile
{
    private const int BufferBytes = 64 * 1024;

    /// <exception cref="CommandFailedException">It does not exist or cannot be read.</exception>
    public static Stream Open(string path)
    {
        if (path == "-")
        {
            return Console.OpenStandardInput();
        }

        if (Directory.Exists(path))
        {
            throw new CommandFailedException(ExitCode.Unreadable, $"{path} is a folder; name a file.");
        }

        if (!File.Exists(path))
        {
            throw new CommandFailedException(ExitCode.Unreadable, $"{path}: no such file, or a broken link.");
        }

        try
        {
            return new FileStream(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite,
                BufferBytes,
                FileOptions.Asynchronous | FileOptions.SequentialScan);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException(ExitCode.Unreadable, $"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Reads what is available. A read from a terminal or pipe cannot be cancelled, so a cancellation abandons it.</summary>
    public static Task<int> ReadSomeAsync(this Stream stream, Memory<byte> buffer, CancellationToken cancellationToken) =>
        stream.ReadAsync(buffer, cancellationToken).AsTask().WaitAsync(cancellationToken);
}
