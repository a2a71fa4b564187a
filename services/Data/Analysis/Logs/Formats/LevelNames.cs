using System.Buffers;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>Reads the names, letters and numbers by which logs tell how grave an entry is.</summary>
internal static class LevelNames
{
    private static readonly SearchValues<char> s_initials = SearchValues.Create("acdefilnpstvwACDEFILNPSTVW");

    /// <summary>Reads a name such as <c>WARN</c>, <c>err</c> or <c>Information</c>; unknown if it is none.</summary>
    public static LogLevel Parse(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[13];
        if (name.Length is < 3 or > 13 || !s_initials.Contains(name[0]))
        {
            return LogLevel.Unknown;
        }

        return lower[..name.ToLowerInvariant(lower)] switch
        {
            "trace" or "verbose" or "trc" or "trce" or "vrb" or "finest" or "finer" => LogLevel.Trace,
            "debug" or "dbg" or "dbug" or "fine" => LogLevel.Debug,
            "info" or "information" or "informational" or "inf" or "notice" or "log" or "config" or "audit" => LogLevel.Information,
            "warn" or "warning" or "wrn" => LogLevel.Warning,
            "error" or "err" or "severe" or "fail" or "failure" or "eror" => LogLevel.Error,
            "fatal" or "critical" or "crit" or "crt" or "ftl" or "alert" or "emerg" or "emergency" or "panic" or "dpanic" => LogLevel.Critical,
            _ => LogLevel.Unknown,
        };
    }

    /// <summary>Reads a name, a letter or a number written as text.</summary>
    public static LogLevel Read(ReadOnlySpan<char> text) => text.Length == 1 && char.IsAsciiLetterUpper(text[0]) ? OfLetter(text[0])
        : text.Length is 1 or 2 && int.TryParse(text, out var number) ? OfNumber(number)
        : Parse(text);

    /// <summary>Reads the letter of klog, logcat and their like.</summary>
    public static LogLevel OfLetter(char letter) => letter switch
    {
        'V' or 'T' => LogLevel.Trace,
        'D' => LogLevel.Debug,
        'I' or 'N' => LogLevel.Information,
        'W' => LogLevel.Warning,
        'E' => LogLevel.Error,
        'F' or 'C' => LogLevel.Critical,
        _ => LogLevel.Unknown,
    };

    /// <summary>Reads the number of a JSON log: 10 to 60 as pino and bunyan write it, -4 to 8 as Go's slog does, else as syslog.</summary>
    public static LogLevel OfNumber(int number) => number switch
    {
        >= 60 => LogLevel.Critical,
        >= 50 => LogLevel.Error,
        >= 40 => LogLevel.Warning,
        >= 30 => LogLevel.Information,
        >= 20 => LogLevel.Debug,
        >= 10 => LogLevel.Trace,
        _ => OfSeverity(number),
    };

    /// <summary>Reads the severity of syslog, 0 (emergency) to 7 (debug).</summary>
    public static LogLevel OfSeverity(int severity) => severity switch
    {
        0 or 1 or 2 => LogLevel.Critical,
        3 => LogLevel.Error,
        4 => LogLevel.Warning,
        5 or 6 => LogLevel.Information,
        7 => LogLevel.Debug,
        _ => LogLevel.Unknown,
    };
}
