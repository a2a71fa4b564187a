namespace FaultMaven.ServiceDefaults.Storage;

/// <summary>Distinguishes a full disk from other failures: .NET passes the operating system's error number on.</summary>
public static class DiskSpace
{
    // errno.h: ENOSPC and EDQUOT (122 on Linux, 69 on macOS). winerror.h: ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL.
    private static readonly int[] s_unixErrors = [28, 122, 69];
    private static readonly int[] s_windowsErrors = [39, 112];

    /// <summary>Whether a disk is full or a quota is used up.</summary>
    public static bool IsExhausted(IOException exception) =>
        (OperatingSystem.IsWindows() ? s_windowsErrors : s_unixErrors).Contains(exception.HResult & 0xffff);
}
