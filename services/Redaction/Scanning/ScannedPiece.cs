namespace FaultMaven.Redaction.Scanning;

/// <summary>A stretch of the input with what was found in it; the stretches of an input follow each other without gaps.</summary>
/// <param name="Text">The stretch itself, or empty where <paramref name="Findings"/> says so; the last user of the piece disposes of
/// it.</param>
/// <param name="Findings">In order and disjoint.</param>
internal sealed record ScannedPiece(PooledText Text, IReadOnlyList<ScannedFinding> Findings)
{
    /// <summary>How much of the input it is, in UTF-16 code units.</summary>
    public long Length => Text.Length + Findings.Where(finding => !finding.IsWhole).Sum(finding => finding.End - finding.Start);
}

/// <summary>A finding with its value and its place in the whole input.</summary>
/// <param name="Type">See <see cref="Recognition.FindingTypes"/>.</param>
/// <param name="Start">In the whole input, in UTF-16 code units.</param>
/// <param name="End">Exclusive, in the whole input.</param>
/// <param name="Confidence">Above 0 to 1.</param>
/// <param name="LocalStart">Where it starts in the text of its piece.</param>
/// <param name="LocalEnd">
/// Exclusive. Equal to <paramref name="LocalStart"/> for a value longer than a window, whose text is not kept: the placeholder goes here.
/// </param>
/// <param name="Identity">What makes two values the same: the value, or the hash of one longer than a window.</param>
internal sealed record ScannedFinding(string Type, long Start, long End, double Confidence, int LocalStart, int LocalEnd, string Identity)
{
    /// <summary>Whether <see cref="Identity"/> is the value itself.</summary>
    public bool IsWhole => LocalEnd > LocalStart;
}
