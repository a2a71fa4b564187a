namespace FaultMaven.Data.Tests.Logs.Anomalies;

/// <summary>Something unusual that a generated log holds on purpose.</summary>
/// <param name="What">What it is.</param>
/// <param name="FirstLine">The first line that belongs to it; of a gap, the line before.</param>
/// <param name="LastLine">The last line that belongs to it; of a gap, the line after.</param>
/// <param name="Kinds">The kinds of signal that tell of it.</param>
internal sealed record InjectedAnomaly(string What, int FirstLine, int LastLine, params string[] Kinds)
{
    public bool Holds(int line) => line >= FirstLine && line <= LastLine;
}
