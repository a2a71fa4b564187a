namespace FaultMaven.Data.Sources;

/// <summary>Lines of a text, from 1, inclusive.</summary>
/// <param name="First">The first.</param>
/// <param name="Last">The last.</param>
/// <param name="Telling">The one to quote.</param>
internal readonly record struct LineRange(int First, int Last, int Telling)
{
    public LineRange(int first, int last)
        : this(first, last, first)
    {
    }

    public static implicit operator LineRange?(Node? node) => node is null ? null : new LineRange(node.Line, node.EndLine);

    /// <summary>From the first line of one node to the last line of another.</summary>
    public static LineRange? Between(Node? first, Node? last) =>
        first is null ? last : last is null ? first : new LineRange(Math.Min(first.Line, last.Line), Math.Max(first.EndLine, last.EndLine));

    /// <summary>Whether the ranges overlap or follow each other.</summary>
    public bool Touches(LineRange other) => other.First <= Last + 1 && First <= other.Last + 1;

    /// <summary>Both ranges as one; what this one quotes is quoted.</summary>
    public LineRange Join(LineRange other) => new(Math.Min(First, other.First), Math.Max(Last, other.Last), Telling);
}
