using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Signals;

/// <summary>Finds one kind of thing in a JSON or YAML document, wherever in it that is.</summary>
internal interface IDocumentReader
{
    /// <summary>Reads <paramref name="root"/>. What it doesn't know, or what is malformed, it passes over.</summary>
    void Read(Node root, SignalBuilder signals, CancellationToken cancellationToken);
}
