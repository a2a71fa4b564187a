using System.ComponentModel;
using System.Diagnostics;

namespace FaultMaven.Tests.Shared;

/// <summary>A file system of its own in memory, small enough to fill. Mounting one takes root on Linux.</summary>
public sealed class SmallDisk : IDisposable
{
    private const string SkipToken = "$XunitDynamicSkip$";

    private readonly DirectoryInfo _mount;

    private SmallDisk(DirectoryInfo mount) => _mount = mount;

    public string Directory => _mount.FullName;

    private string Filler => Path.Combine(Directory, "filler");

    /// <summary>Mounts one, or skips the test where that is not allowed.</summary>
    public static SmallDisk Mount(int mebibytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            throw new InvalidOperationException(SkipToken + "Mounting a small disk is for Linux.");
        }

        var disk = new SmallDisk(System.IO.Directory.CreateTempSubdirectory("fm-disk-"));
        if (Run("mount", "-t", "tmpfs", "-o", $"size={mebibytes}m", "tmpfs", disk.Directory) != 0)
        {
            disk._mount.Delete();
            throw new InvalidOperationException(SkipToken + "Mounting a small disk is not allowed here.");
        }

        return disk;
    }

    /// <summary>Takes the room that is left, save some. Others may write at the same time.</summary>
    public void Fill(long butForBytes)
    {
        using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        try
        {
            while (new DriveInfo(Directory).AvailableFreeSpace > butForBytes)
            {
                filler.Write(page);
            }
        }
        catch (IOException) when (butForBytes == 0)
        {
            // Another process took the last page.
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Free() => File.Delete(Filler);

    /// <summary>Lets nobody write to it any more. No file on it may be open.</summary>
    public void MakeReadOnly()
    {
        if (Run("mount", "-o", "remount,ro", Directory) != 0)
        {
            throw new InvalidOperationException($"{Directory} is still in use.");
        }
    }

    public void Dispose()
    {
        // Lazily: a process that was killed a moment ago may still hold a file.
        Run("umount", "--lazy", Directory);
        _mount.Delete();
    }

    private static int Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (Win32Exception)
        {
            return -1;
        }
    }
}
