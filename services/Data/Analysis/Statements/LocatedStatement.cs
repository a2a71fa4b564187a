namespace FaultMaven.Data.Analysis.Statements;

/// <summary>A statement and where it is.</summary>
/// <param name="Statement">The statement.</param>
/// <param name="Line">Its line in the evidence, from 1.</param>
/// <param name="Context">The command, section or table that it belongs to; empty if it belongs to none.</param>
/// <param name="Time">When it was said, if the text around it shows that.</param>
internal sealed record LocatedStatement(Statement Statement, int Line, string Context, DateTimeOffset? Time = null);
