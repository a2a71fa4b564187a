namespace FaultMaven.Agents.Gate;

/// <summary>Reads the lines that a citation points to, joined by line feeds. Empty if it does not resolve.</summary>
internal delegate Task<string> ReadCitation(Data.Citation citation, CancellationToken cancellationToken);
