namespace FaultMaven.Data.Analysis.Statements;

/// <summary>What one message says is wrong, or right again, in its parts. Texts are those of the message.</summary>
/// <param name="Class">What is said.</param>
/// <param name="Object">What it is said of, such as <c>file descriptors</c>; empty if the message does not say.</param>
/// <param name="Quote">The clause that says it.</param>
internal sealed record Statement(StatementClass Class, string Object, string Quote)
{
    /// <summary>Who says it or where, by what is before the message's first colon, such as <c>nf_conntrack</c>; empty if nothing
    /// does.</summary>
    public string Subject { get; init; } = "";

    /// <summary>The kind of thing that the object is, as <c>object-kinds.txt</c> names it; empty if unknown.</summary>
    public string ObjectKind { get; init; } = "";

    /// <summary>The peer it is about: an address, a host, a service; empty if none is named.</summary>
    public string Peer { get; init; } = "";

    /// <summary>The figure it names, such as <c>131072</c> or <c>97%</c>; empty if none.</summary>
    public string Quantity { get; init; } = "";

    /// <summary>The limit it names; empty if none.</summary>
    public string Limit { get; init; } = "";

    /// <summary>How specific it is, 0 to 1: "failed" says little, "table full, dropping packet (limit 65536)" much.</summary>
    public double Specificity { get; init; }

    /// <summary>True if the words alone do not show a problem; a level of warning or above must support them.</summary>
    public bool IsWeak { get; init; }

    public bool IsProblem => Class is not (StatementClass.Recovered or StatementClass.Fine);
}
