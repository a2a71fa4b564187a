using System.Buffers;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>Reads the names, letters and numbers by which logs give the level of an entry.</summary>
internal static class LevelNames
{
    private static readonly SearchValues<char> s_initials = SearchValues.Create("acdefilnpstvwACDEFILNPSTVW");

    /// <summary>Reads a name such as <c>WARN</c>, <c>err</c> or <c>Information</c>; unknown if it is not a level.</summary>
    public static Proto.EntryLevel Parse(ReadOnlySpan<char> name)
    {
        Span<char> lower = stackalloc char[13];
        if (name.Length is < 3 or > 13 || !s_initials.Contains(name[0]))
        {
            return Proto.EntryLevel.Unspecified;
        }

        return lower[..name.ToLowerInvariant(lower)] switch
        {
            "trace" or "verbose" or "trc" or "trce" or "vrb" or "finest" or "finer" => Proto.EntryLevel.Trace,
            "debug" or "dbg" or "dbug" or "fine" => Proto.EntryLevel.Debug,
            "info" or "information" or "informational" or "inf" or "notice" or "log" or "config" or "audit" => Proto.EntryLevel.Information,
            "warn" or "warning" or "wrn" => Proto.EntryLevel.Warning,
            "error" or "err" or "severe" or "fail" or "failure" or "eror" => Proto.EntryLevel.Error,
            "fatal" or "critical" or "crit" or "crt" or "ftl" or "alert" or "emerg" or "emergency" or "panic" or "dpanic" =>
                Proto.EntryLevel.Critical,
            _ => Proto.EntryLevel.Unspecified,
        };
    }

    /// <summary>Reads a name, a letter or a number written as text.</summary>
    public static Proto.EntryLevel Read(ReadOnlySpan<char> text) => text.Length == 1 && char.IsAsciiLetterUpper(text[0]) ? OfLetter(text[0])
        : text.Length is 1 or 2 && int.TryParse(text, out var number) ? OfNumber(number)
        : Parse(text);

    /// <summary>Reads the letter of klog, logcat and their like.</summary>
    public static Proto.EntryLevel OfLetter(char letter) => letter switch
    {
        'V' or 'T' => Proto.EntryLevel.Trace,
        'D' => Proto.EntryLevel.Debug,
        'I' or 'N' => Proto.EntryLevel.Information,
        'W' => Proto.EntryLevel.Warning,
        'E' => Proto.EntryLevel.Error,
        'F' or 'C' => Proto.EntryLevel.Critical,
        _ => Proto.EntryLevel.Unspecified,
    };

    /// <summary>Reads the number of a JSON log: 10 to 60 as pino and bunyan write it, -4 to 8 as Go's slog does, else as syslog.</summary>
    public static Proto.EntryLevel OfNumber(int number) => number switch
    {
        >= 60 => Proto.EntryLevel.Critical,
        >= 50 => Proto.EntryLevel.Error,
        >= 40 => Proto.EntryLevel.Warning,
        >= 30 => Proto.EntryLevel.Information,
        >= 20 => Proto.EntryLevel.Debug,
        >= 10 => Proto.EntryLevel.Trace,
        _ => OfSeverity(number),
    };

    /// <summary>Reads the severity of syslog, 0 (emergency) to 7 (debug).</summary>
    public static Proto.EntryLevel OfSeverity(int severity) => severity switch
    {
        0 or 1 or 2 => Proto.EntryLevel.Critical,
        3 => Proto.EntryLevel.Error,
        4 => Proto.EntryLevel.Warning,
        5 or 6 => Proto.EntryLevel.Information,
        7 => Proto.EntryLevel.Debug,
        _ => Proto.EntryLevel.Unspecified,
    };
}
