using System.Runtime.InteropServices;

namespace FaultMaven.Standalone;

/// <summary>Makes every file and folder that this process creates readable by its owner alone (0600 and 0700), whichever library
/// creates it.</summary>
internal static partial class OwnerOnly
{
    // Clears the bits of group and others.
    private const uint Mask = 0x3F;

    public static void Apply()
    {
        if (!OperatingSystem.IsWindows())
        {
            // It returns the mask from before, and cannot fail.
            _ = SetMask(Mask);
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint SetMask(uint mask);
}
