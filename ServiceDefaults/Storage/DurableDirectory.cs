using System.Runtime.InteropServices;

namespace FaultMaven.ServiceDefaults.Storage;

/// <summary>
/// Makes the entries of a folder survive a loss of power. .NET can flush files only, and a file that was moved is found by its folder's
/// entry.
/// </summary>
public static partial class DurableDirectory
{
    private const int ReadOnly = 0;

    /// <summary>Does nothing on Windows, where NTFS keeps a journal of its folders.</summary>
    /// <exception cref="IOException">The folder could not be opened or flushed.</exception>
    public static void Flush(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var descriptor = Open(path, ReadOnly);

        if (descriptor < 0)
        {
            throw new IOException($"The folder '{path}' could not be opened.", Marshal.GetLastPInvokeError());
        }

        try
        {
            if (Synchronize(descriptor) != 0)
            {
                throw new IOException($"The folder '{path}' could not be flushed.", Marshal.GetLastPInvokeError());
            }
        }
        finally
        {
            _ = Close(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Synchronize(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
