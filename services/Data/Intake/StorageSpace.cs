namespace FaultMaven.Data.Intake;

/// <summary>Distinguishes a full disk from other failures: .NET gives the operating system's own number.</summary>
internal static class StorageSpace
{
    // errno.h: ENOSPC and EDQUOT (Linux; 69 elsewhere). winerror.h: ERROR_HANDLE_DISK_FULL, ERROR_DISK_FULL.
    private static readonly int[] s_unixErrors = [28, 122, 69];
    private static readonly int[] s_windowsErrors = [39, 112];

    public static bool IsExhausted(IOException exception) =>
        (OperatingSystem.IsWindows() ? s_windowsErrors : s_unixErrors).Contains(exception.HResult & 0xffff);
}
