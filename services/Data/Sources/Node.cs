namespace FaultMaven.Data.Sources;

/// <summary>What a <see cref="Node"/> is.</summary>
internal enum NodeKind
{
    Null,
    Scalar,
    List,
    Map,
}

/// <summary>A named value of a map.</summary>
internal readonly record struct Member(string Name, Node Value);

/// <summary>
/// A value of a JSON or YAML document that knows where it is. Names are looked up without regard to case and separators, so that
/// <c>restartCount</c>, <c>restart_count</c> and <c>RestartCount</c> are the same.
/// </summary>
internal sealed class Node(SourceText source, NodeKind kind, int start)
{
    private readonly List<Node>? _items = kind == NodeKind.List ? [] : null;
    private readonly List<Member>? _members = kind == NodeKind.Map ? [] : null;
    private string? _text;

    public NodeKind Kind { get; } = kind;

    /// <summary>Where it begins in the text.</summary>
    public int Start { get; } = start;

    /// <summary>Where it ends, exclusive.</summary>
    public int End { get; private set; } = start;

    /// <summary>The first line it is on, from 1.</summary>
    public int Line => source.LineAt(Start);

    /// <summary>The last line it is on.</summary>
    public int EndLine => source.LineAt(Math.Max(Start, End - 1));

    public IReadOnlyList<Node> Items => _items ?? (IReadOnlyList<Node>)[];

    public IReadOnlyList<Member> Members => _members ?? (IReadOnlyList<Member>)[];

    public bool IsMap => Kind == NodeKind.Map;

    public bool IsList => Kind == NodeKind.List;

    public bool IsScalar => Kind == NodeKind.Scalar;

    /// <summary>What a scalar says; empty for anything else.</summary>
    public string Text => Kind != NodeKind.Scalar ? "" : _text ??= source.Text[Start..End];

    public void Add(Node item) => _items!.Add(item);

    public void Add(string name, Node value) => _members!.Add(new Member(name, value));

    /// <summary>
    /// Ends the node before the character at <paramref name="end"/>; <paramref name="text"/> is what it says if that is not what is
    /// written.
    /// </summary>
    public Node Close(int end, string? text = null)
    {
        End = end;
        _text = text;
        return this;
    }

    /// <summary>
    /// The first of these values that is there and is neither null nor an empty string. A name may be a path: <c>status/phase</c>.
    /// </summary>
    public Node? First(params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Follow(name) is { Kind: not NodeKind.Null } found && (!found.IsScalar || found.Text.Length > 0))
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>What the first of these says if it is a scalar; else empty.</summary>
    public string TextOf(params ReadOnlySpan<string> names) => First(names)?.Text ?? "";

    /// <summary>The number that the first of these holds, with or without quotes.</summary>
    public double? NumberOf(params ReadOnlySpan<string> names) => First(names) is { } node && Values.TryNumber(node.Text, out var number)
        ? number : null;

    /// <summary>The time that the first of these holds.</summary>
    public DateTimeOffset? TimeOf(params ReadOnlySpan<string> names) => First(names) is { } node ? Values.Time(node.Text) : null;

    /// <summary>All nodes below and including this one, each with the name of the map member it is, or is an item of.</summary>
    public IEnumerable<(Node Node, string Name)> Walk()
    {
        var open = new Stack<(Node Node, string Name)>();
        open.Push((this, ""));
        while (open.TryPop(out var next))
        {
            yield return next;
            for (var i = next.Node.Items.Count - 1; i >= 0; i--)
            {
                open.Push((next.Node.Items[i], next.Name));
            }

            for (var i = next.Node.Members.Count - 1; i >= 0; i--)
            {
                open.Push((next.Node.Members[i].Value, next.Node.Members[i].Name));
            }
        }
    }

    private Node? Follow(ReadOnlySpan<char> path)
    {
        var node = this;
        while (node is not null)
        {
            var slash = path.IndexOf('/');
            node = node.Child(slash < 0 ? path : path[..slash]);
            if (slash < 0)
            {
                break;
            }

            path = path[(slash + 1)..];
        }

        return node;
    }

    private Node? Child(ReadOnlySpan<char> name)
    {
        foreach (var member in Members)
        {
            if (Names.Same(member.Name, name))
            {
                return member.Value;
            }
        }

        return null;
    }
}
