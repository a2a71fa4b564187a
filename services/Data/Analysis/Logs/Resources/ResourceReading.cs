namespace FaultMaven.Data.Analysis.Logs.Resources;

/// <summary>How much of a resource a message says is in use.</summary>
/// <param name="Metric">What it calls it, such as <c>heap used</c>.</param>
/// <param name="Resource">As docs/signals.md names it.</param>
/// <param name="Value">How much, in bytes where it has a unit of size.</param>
/// <param name="Limit">How much there is, in the same unit; 100 for a percentage, 0 if the message does not say.</param>
/// <param name="Unit"><c>bytes</c>, <c>%</c>, or empty.</param>
internal readonly record struct ResourceReading(string Metric, string Resource, double Value, double Limit, string Unit);
