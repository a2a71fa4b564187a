using FaultMaven.Agents.Signals;

namespace FaultMaven.Agents.Answers;

/// <summary>The files that an answer is drawn from, and those of them in which nothing was found.</summary>
internal sealed class FilesRead
{
    // Enough to see which files are new in the next answer.
    private const int MaxKept = 200;

    private const int MaxListed = 50;
    private const int MaxNamed = 3;

    // A line less telling than this, against the most telling one, is only the least dull line of its file.
    private const double Telling = 0.5;

    private readonly IReadOnlyList<Data.Evidence> _files;
    private readonly List<Data.Evidence> _silent;

    /// <param name="files">The evidence of the case, oldest first, without archives.</param>
    /// <param name="signals">The signals of the case.</param>
    /// <param name="keyLines">The lines that bear on the question, the most telling first.</param>
    public FilesRead(IReadOnlyList<Data.Evidence> files, CaseSignals signals, IReadOnlyList<Data.KeyLine> keyLines)
    {
        _files = files;
        var found = signals.All.Where(signal => !signal.IsAbsence()).SelectMany(signal => signal.Citations)
            .Concat(keyLines.Where(IsTelling).Select(line => line.Citation))
            .Select(citation => citation.Evidence).ToHashSet(StringComparer.Ordinal);
        var calm = signals.All.Where(signal => signal.IsAbsence()).SelectMany(signal => signal.Citations)
            .Select(citation => citation.Evidence).ToHashSet(StringComparer.Ordinal);

        // The least severe signals of a very large case are not read; its files have their count.
        _silent = [.. files.Where(file => !found.Contains(file.Name) && (file.SignalCount == 0 || calm.Contains(file.Name)))];
        var silent = _silent.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        KeyLines = [.. keyLines.Where(line => !silent.Contains(line.Citation.Evidence))];

        bool IsTelling(Data.KeyLine line) => line.Changed || line.StatementKind.Length > 0 || line.Level >= Data.EntryLevel.Warning
            || line.Probability >= Telling * keyLines[0].Probability;
    }

    /// <summary>The lines that bear on the question, without those of files in which nothing was found.</summary>
    public IReadOnlyList<Data.KeyLine> KeyLines { get; }

    /// <summary>Records the files in an answer, and says in its summary in which of them nothing was found.</summary>
    public void Record(Proto.Answer answer)
    {
        answer.EvidenceRead.AddRange(_files.Skip(_files.Count - MaxKept).Select(file => file.Name));
        answer.FilesWithoutFindings.AddRange(Listed(_silent));
        answer.FilesWithoutFindingsCount = _silent.Count;
        if (_silent.Count > 0)
        {
            answer.Summary = $"{answer.Summary} Nothing was found in {Names(_silent)}.".TrimStart();
        }
    }

    /// <summary>The files that an earlier answer was not drawn from.</summary>
    public IReadOnlyList<Data.Evidence> AddedSince(Proto.Answer earlier)
    {
        var known = earlier.EvidenceRead.ToHashSet(StringComparer.Ordinal);
        var isCut = known.Count == MaxKept;
        return [.. _files.SkipWhile(file => isCut && !known.Contains(file.Name)).Where(file => !known.Contains(file.Name))];
    }

    /// <summary>How many of the files of an earlier answer were deleted since.</summary>
    public int DeletedSince(Proto.Answer earlier)
    {
        var names = _files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
        return earlier.EvidenceRead.Count(name => !names.Contains(name));
    }

    /// <summary>Files as the contract lists them.</summary>
    public static IEnumerable<Proto.EvidenceFile> Listed(IEnumerable<Data.Evidence> files) => files.Take(MaxListed)
        .Select(file => new Proto.EvidenceFile { Evidence = file.Name, FileName = file.FileName, SignalCount = file.SignalCount });

    /// <summary>"a.log", "a.log and b.log", "a.log, b.log, c.log and 4 more files".</summary>
    public static string Names(IReadOnlyList<Data.Evidence> files)
    {
        var named = files.Take(MaxNamed).Select(file => file.FileName).ToList();
        return files.Count > MaxNamed ? $"{string.Join(", ", named)} and {Count.Of(files.Count - MaxNamed, "more file")}"
            : named is [.. var first, var last] && first.Count > 0 ? $"{string.Join(", ", first)} and {last}"
            : string.Concat(named);
    }
}
