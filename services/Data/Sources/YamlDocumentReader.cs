using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FaultMaven.Data.Sources;

/// <summary>Reads YAML into nodes. Aliases are not followed: they stand for themselves, so that no document grows by reading it.</summary>
internal static class YamlDocumentReader
{
    private const int MaxNodes = 1_000_000;

    /// <summary>Reads the document, or a list of them if there are several, up to the first mistake; null if there is none.</summary>
    public static Node? Read(SourceText source)
    {
        var all = new Node(source, NodeKind.List, 0);
        var open = new Stack<(Node Node, string? Name)>();
        try
        {
            var parser = new Parser(new StringReader(source.Text));
            for (var nodes = 0; nodes < MaxNodes && open.Count <= JsonDocumentReader.MaxDepth && parser.MoveNext(); nodes++)
            {
                Take(parser.Current!, source, open, all);
            }
        }
        catch (Exception exception) when (exception is YamlException or InvalidOperationException or ArgumentException)
        {
            // The scanner has more than one way to refuse malformed text. What was read until here is what the evidence holds.
        }

        while (open.TryPop(out var rest))
        {
            rest.Node.Close(source.Text.Length);
        }

        return all.Items.Count switch { 0 => null, 1 => all.Items[0], _ => all.Close(source.Text.Length) };
    }

    private static void Take(ParsingEvent current, SourceText source, Stack<(Node Node, string? Name)> open, Node all)
    {
        var start = Offset(source, current.Start);
        switch (current)
        {
            case MappingStart:
                Open(new Node(source, NodeKind.Map, start), open, all);
                break;
            case SequenceStart:
                Open(new Node(source, NodeKind.List, start), open, all);
                break;
            case MappingEnd or SequenceEnd when open.TryPop(out var ended):
                ended.Node.Close(Math.Max(ended.Node.Start, LastCharacter(source, Offset(source, current.End))));
                break;
            case Scalar scalar:
                var isNull = scalar.IsPlainImplicit && scalar.Value is "" or "~" or "null";
                Attach(new Node(source, isNull ? NodeKind.Null : NodeKind.Scalar, start)
                    .Close(Offset(source, current.End), scalar.Value), open, all);
                break;
            case AnchorAlias alias:
                Attach(new Node(source, NodeKind.Scalar, start).Close(Offset(source, current.End), $"*{alias.Value}"), open, all);
                break;
        }
    }

    private static void Open(Node node, Stack<(Node Node, string? Name)> open, Node all)
    {
        Attach(node, open, all);
        open.Push((node, null));
    }

    private static void Attach(Node node, Stack<(Node Node, string? Name)> open, Node all)
    {
        if (!open.TryPop(out var parent))
        {
            all.Add(node);
            return;
        }

        if (parent.Node.IsList)
        {
            parent.Node.Add(node);
        }
        else if (parent.Name is null)
        {
            parent.Name = node.Text.Length > 0 ? node.Text : "?";
        }
        else
        {
            parent.Node.Add(parent.Name, node);
            parent.Name = null;
        }

        open.Push(parent);
    }

    private static int Offset(SourceText source, Mark mark) =>
        Math.Min(source.Text.Length, source.StartOf((int)Math.Min(mark.Line, source.LineCount)) + (int)Math.Max(0, mark.Column - 1));

    /// <summary>A block ends where the next thing begins: the blanks between belong to neither.</summary>
    private static int LastCharacter(SourceText source, int end) => source.Text.AsSpan(0, end).TrimEnd().Length;
}
