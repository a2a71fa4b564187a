namespace FaultMaven.Standalone.Tests;

/// <summary>
/// Tests that look at spans, one at a time: a tracer hears of all spans of its process, and changes those of a test beside it.
/// </summary>
[CollectionDefinition(nameof(TracedProcess))]
public sealed class TracedProcess;
