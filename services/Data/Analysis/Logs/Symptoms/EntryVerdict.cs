using FaultMaven.Data.Analysis.Logs.Entries;

namespace FaultMaven.Data.Analysis.Logs.Symptoms;

/// <summary>What an entry amounts to.</summary>
/// <param name="Level">How grave it is: as it says, or as it sounds if it doesn't say; no error if it reassures.</param>
/// <param name="Kind">The trouble it tells of, if any.</param>
/// <param name="Recovered">True if it says that trouble ended.</param>
internal readonly record struct EntryVerdict(LogLevel Level, TroubleKind? Kind, bool Recovered)
{
    /// <summary>Judges an entry of which it is known that it has none of the <see cref="TellingWords"/>.</summary>
    public static EntryVerdict Plain(LogLevel level) => new(level, null, Recovered: false);

    /// <param name="entry">The entry.</param>
    /// <param name="line">Its first line.</param>
    public static EntryVerdict Of(in LogEvent entry, ReadOnlySpan<char> line)
    {
        if (Wording.SaysRecovered(line))
        {
            return new EntryVerdict(Calm(entry.Level), null, Recovered: true);
        }

        if (Wording.Reassures(line))
        {
            return new EntryVerdict(Calm(entry.Level), null, Recovered: false);
        }

        var kind = TroubleRecognizer.Recognize(entry.Message);
        if (entry.Level == LogLevel.Unknown)
        {
            return kind is not null
                ? new EntryVerdict(kind.Floor == Protos.Data.V1.Severity.Warning ? LogLevel.Warning : LogLevel.Error, kind, Recovered: false)
                : new EntryVerdict(Wording.SoundsBad(line) ? LogLevel.Error : LogLevel.Unknown, null, Recovered: false);
        }

        // What is said in passing counts only if it sounds like a failure: "deadlock detector started" does not.
        return entry.Level < LogLevel.Warning && !Wording.SoundsBad(line)
            ? new EntryVerdict(entry.Level, IsPlain(kind) ? kind : null, Recovered: false)
            : new EntryVerdict(entry.Level, kind, Recovered: false);
    }

    private static LogLevel Calm(LogLevel level) => level > LogLevel.Information ? LogLevel.Information : level;

    private static bool IsPlain(TroubleKind? kind) => kind?.Kind is "log.out_of_memory" or "log.disk_full" or "log.health_check_failed";
}
