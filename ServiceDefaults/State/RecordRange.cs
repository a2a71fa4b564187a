namespace FaultMaven.ServiceDefaults.State;

/// <summary>Records whose keys begin alike, in the order of their keys' UTF-8 bytes.</summary>
/// <param name="Prefix">What the keys begin with; empty for all of a partition.</param>
/// <param name="After">The whole key after which the range begins (before which, if descending). Null for the first.</param>
/// <param name="IsDescending">Whether the last key comes first.</param>
public readonly record struct RecordRange(string Prefix, string? After = null, bool IsDescending = false);
