using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>A thing that the evidence names, while a graph is built.</summary>
internal sealed class GraphObject(string kind, string @namespace, string name)
{
    private const int MaxCitations = 2;
    private const int MaxAliases = 8;

    private readonly List<string> _aliases = [];
    private readonly List<Proto.Citation> _citations = [];

    public string Kind { get; } = kind;

    public string Namespace { get; } = @namespace;

    public string Name { get; } = name;

    public string Id => Namespace.Length == 0 ? $"{Kind}/{Name}" : $"{Kind}/{Namespace}/{Name}";

    /// <summary>True if the evidence describes the object itself.</summary>
    public bool IsDescribed { get; set; }

    /// <summary>What the evidence last shows of its state; empty if nothing.</summary>
    public string State { get; set; } = "";

    /// <summary>For a program that is known only by what it logs: the file that it logs to.</summary>
    public GraphObject? LogFile { get; set; }

    /// <summary>True for a file that a program logs to.</summary>
    public bool IsLog { get; set; }

    public IReadOnlyList<string> Aliases => _aliases;

    public IReadOnlyList<Proto.Citation> Citations => _citations;

    public void AddAlias(string alias)
    {
        if (alias.Length > 0 && alias != Name && _aliases.Count < MaxAliases && !_aliases.Contains(alias))
        {
            _aliases.Add(alias);
        }
    }

    /// <summary>Keeps the first place of each file.</summary>
    public void See(Proto.Citation citation)
    {
        if (_citations.Count < MaxCitations && !_citations.Exists(known => known.Evidence == citation.Evidence))
        {
            _citations.Add(citation);
        }
    }

    /// <summary>Takes over what is known of the same thing under another name.</summary>
    public void Absorb(GraphObject other)
    {
        IsDescribed |= other.IsDescribed;
        State = State.Length > 0 ? State : other.State;
        AddAlias(other.Name);
        foreach (var alias in other.Aliases)
        {
            AddAlias(alias);
        }

        foreach (var citation in other.Citations)
        {
            See(citation);
        }
    }

    public Proto.CaseObject ToProto() => new()
    {
        Id = Id,
        Kind = Kind,
        Name = Name,
        Namespace = Namespace,
        Aliases = { Aliases },
        State = State.CutTo(160),
        Described = IsDescribed,
        Citations = { Citations },
    };
}
