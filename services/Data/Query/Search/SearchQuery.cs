using FaultMaven.Data.Analysis.Logs.Entries;

namespace FaultMaven.Data.Query.Search;

/// <summary>What a search looks for. All conditions must hold.</summary>
internal sealed record SearchQuery
{
    /// <summary>Texts one of which a line holds; none for any line.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];

    public StringComparison Comparison { get; init; } = StringComparison.OrdinalIgnoreCase;

    /// <summary>The shape of an entry's message; null for any.</summary>
    public TemplatePattern? Template { get; init; }

    /// <summary>The least severe level; <see cref="Proto.EntryLevel.Unspecified"/> for any.</summary>
    public Proto.EntryLevel MinLevel { get; init; }

    /// <summary>The earliest time; null for any.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>The time before which entries are, exclusive; null for any.</summary>
    public DateTimeOffset? EndTime { get; init; }

    /// <summary>Fields and their values.</summary>
    public IReadOnlyList<SearchField> Fields { get; init; } = [];

    /// <summary>How many lines before and after a match are wanted.</summary>
    public int ContextLines { get; init; }

    /// <summary>Whether lines must be read as log entries.</summary>
    public bool ConcernsEntries =>
        Template is not null || MinLevel != Proto.EntryLevel.Unspecified || StartTime is not null || EndTime is not null
            || Fields.Count > 0;

    /// <summary>Whether an entry meets the conditions that do not concern its lines.</summary>
    public bool Admits(in LogEvent entry) =>
        (MinLevel == Proto.EntryLevel.Unspecified || entry.Level >= MinLevel)
        && (StartTime is null || entry.Time >= StartTime)
        && (EndTime is null || entry.Time < EndTime)
        && Template?.Matches(entry.FirstLine.Trim(), Comparison) != false;

    /// <summary>Whether an entry has the fields wanted, in one of its lines each.</summary>
    public bool FieldsAreIn(string source, IReadOnlyList<string> lines) => Fields.All(field =>
        (string.Equals(field.Name, "source", StringComparison.OrdinalIgnoreCase)
            && field.Values.Contains(source, StringComparer.OrdinalIgnoreCase))
        || lines.Any(line => field.Values.Any(value => FieldText.Holds(line, field.Name, value))));
}

/// <summary>A field that an entry must have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Values">The values one of which it must have.</param>
internal sealed record SearchField(string Name, IReadOnlyList<string> Values);
