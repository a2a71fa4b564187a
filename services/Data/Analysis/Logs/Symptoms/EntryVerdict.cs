using FaultMaven.Data.Analysis.Logs.Entries;

namespace FaultMaven.Data.Analysis.Logs.Symptoms;

/// <summary>What an entry amounts to.</summary>
/// <param name="Level">Its level: as logged, else judged by its words; below error if it reports that all is well.</param>
/// <param name="Kind">The symptom that it reports, if any.</param>
/// <param name="Recovered">True if it says that trouble ended.</param>
internal readonly record struct EntryVerdict(Proto.EntryLevel Level, SymptomKind? Kind, bool Recovered)
{
    /// <summary>Judges an entry of which it is known that it has none of the <see cref="TriggerWords"/>.</summary>
    public static EntryVerdict Plain(Proto.EntryLevel level) => new(level, null, Recovered: false);

    /// <param name="entry">The entry.</param>
    /// <param name="line">Its first line.</param>
    public static EntryVerdict Of(in LogEvent entry, ReadOnlySpan<char> line)
    {
        if (NegationRules.SaysRecovered(line))
        {
            return new EntryVerdict(Calm(entry.Level), null, Recovered: true);
        }

        if (NegationRules.Reassures(line))
        {
            return new EntryVerdict(Calm(entry.Level), null, Recovered: false);
        }

        var kind = SymptomRecognizer.Recognize(entry.Message);
        if (entry.Level == Proto.EntryLevel.Unspecified)
        {
            return kind is not null
                ? new EntryVerdict(kind.Floor == Protos.Data.V1.Severity.Warning ? Proto.EntryLevel.Warning
                    : Proto.EntryLevel.Error, kind, Recovered: false)
                : new EntryVerdict(NegationRules.SoundsBad(line) ? Proto.EntryLevel.Error
                    : Proto.EntryLevel.Unspecified, null, Recovered: false);
        }

        // What is said in passing counts only if it sounds like a failure: "deadlock detector started" does not.
        return entry.Level < Proto.EntryLevel.Warning && !NegationRules.SoundsBad(line)
            ? new EntryVerdict(entry.Level, IsPlain(kind) ? kind : null, Recovered: false)
            : new EntryVerdict(entry.Level, kind, Recovered: false);
    }

    private static Proto.EntryLevel Calm(Proto.EntryLevel level) => level > Proto.EntryLevel.Information ? Proto.EntryLevel.Information
        : level;

    private static bool IsPlain(SymptomKind? kind) => kind?.Kind is "log.out_of_memory" or "log.disk_full" or "log.health_check_failed";
}
