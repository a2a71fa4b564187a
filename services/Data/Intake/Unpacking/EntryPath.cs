using System.Text;
using FaultMaven.Data.Intake.Decoding;

namespace FaultMaven.Data.Intake.Unpacking;

/// <summary>Reads the names that archives give their entries. Old programs write them in the code page of their machine.</summary>
internal static class EntryPath
{
    /// <summary>The name up to the first NUL.</summary>
    public static string Read(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);

        return Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new Windows1252Fallback())
            .GetString(end < 0 ? bytes : bytes[..end]);
    }
}
