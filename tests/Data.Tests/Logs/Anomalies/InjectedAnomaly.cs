namespace FaultMaven.Data.Tests.Logs.Anomalies;

/// <summary>Something unusual that a generated log holds on purpose.</summary>
/// <param name="What">What it is.</param>
/// <param name="FirstLine">The first line that belongs to it; of a gap, the line before.</param>
/// <param name="LastLine">The last line that belongs to it; of a gap, the line after.</param>
/// <param name="Kinds">The kinds of signal that report it.</param>
internal sealed record InjectedAnomaly(string What, int FirstLine, int LastLine, params string[] Kinds)
{
    /// <summary>
    /// Its lines, where it is spread over others that it has nothing to do with; null where all between the first and the last belong to
    /// it.
    /// </summary>
    public IReadOnlySet<int>? Spread { get; init; }

    /// <summary>How many lines belong to it.</summary>
    public int Length => Spread?.Count ?? LastLine - FirstLine + 1;

    public bool Holds(long line) => Spread?.Contains((int)line) ?? (line >= FirstLine && line <= LastLine);
}
