using FaultMaven.ServiceDefaults.State.Checks;

namespace FaultMaven.Standalone.Admin;

/// <summary>What a check of a data folder or backup came to.</summary>
/// <param name="Parts">Its files, and what is in them.</param>
/// <param name="Problems">What is wrong, a sentence each.</param>
public sealed record CheckReport(IReadOnlyList<CheckedPart> Parts, IReadOnlyList<string> Problems);

/// <summary>A file that was checked.</summary>
/// <param name="Path">Where it is in the data folder.</param>
/// <param name="SchemaVersion">The version of its tables.</param>
/// <param name="Findings">What is in it.</param>
public sealed record CheckedPart(string Path, int SchemaVersion, StateFindings Findings);
