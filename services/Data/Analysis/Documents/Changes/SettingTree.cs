using System.Xml;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Changes;

/// <summary>The value of a setting, and where it is.</summary>
internal readonly record struct SettingValue(string Value, LineRange At);

/// <summary>
/// All settings of a file by their full names, whatever its format, so that two versions of it can be compared by what they mean.
/// </summary>
internal static class SettingTree
{
    private const int MaxSettings = 20_000;

    private static readonly string[] s_identities = ["name", "id", "key"];

    public static IReadOnlyDictionary<string, SettingValue> Read(SourceText text, CancellationToken cancellationToken)
    {
        var settings = new Dictionary<string, SettingValue>(StringComparer.Ordinal);
        if (text.Text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("<", StringComparison.Ordinal))
        {
            ReadXml(text, settings, cancellationToken);
        }
        else if (StructuredDocument.Read(text) is { } root)
        {
            Flatten(root, "", settings, 0, cancellationToken);
        }
        else if (TomlSettings.TryRead(text, cancellationToken) is { } toml)
        {
            foreach (var (name, value) in toml.Take(MaxSettings))
            {
                settings.TryAdd(name, value);
            }
        }
        else
        {
            ReadLines(text, settings, cancellationToken);
        }

        return settings;
    }

    private static void Flatten(Node node, string path, Dictionary<string, SettingValue> settings, int depth,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (settings.Count >= MaxSettings || depth > JsonDocumentReader.MaxDepth)
        {
            return;
        }

        foreach (var (name, value) in node.Members)
        {
            Flatten(value, Join(path, name), settings, depth + 1, cancellationToken);
        }

        for (var i = 0; i < node.Items.Count; i++)
        {
            // What has a name keeps it when something is put in before it.
            var item = node.Items[i];
            var identity = item.IsMap ? item.TextOf(s_identities) : "";
            Flatten(item, $"{path}[{(identity.Length > 0 ? identity : i)}]", settings, depth + 1, cancellationToken);
        }

        if (node is { IsMap: false, IsList: false } && path.Length > 0)
        {
            settings.TryAdd(path, new SettingValue(node.IsScalar ? node.Text : "null", new LineRange(node.Line, node.EndLine)));
        }
    }

    // [pool]
    // size = 4
    private static void ReadLines(SourceText text, Dictionary<string, SettingValue> settings, CancellationToken cancellationToken)
    {
        var section = "";
        for (var number = 1; number <= text.LineCount && settings.Count < MaxSettings; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = text.Line(number);
            var trimmed = line.Trim();
            if (trimmed.StartsWith("[", StringComparison.Ordinal) && trimmed.EndsWith("]", StringComparison.Ordinal)
                && !trimmed.Contains('='))
            {
                section = trimmed.Trim("[]").Trim().ToString();
            }
            else if (Setting.TryRead(line, out var key, out var value))
            {
                settings[Join(section, key)] = new SettingValue(value, new LineRange(number, number));
            }
        }
    }

    // <add key="Timeout" value="30" />
    private static void ReadXml(SourceText text, Dictionary<string, SettingValue> settings, CancellationToken cancellationToken)
    {
        var open = new Stack<string>();
        try
        {
            using var reader =
                XmlReader.Create(new StringReader(text.Text.TrimStart('\uFEFF', ' ', '\t', '\r', '\n')),
                new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null });
            var skipped = text.LineAt(text.Text.IndexOf('<', StringComparison.Ordinal)) - 1;
            while (reader.Read() && settings.Count < MaxSettings && open.Count <= JsonDocumentReader.MaxDepth)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var line = skipped + (reader is IXmlLineInfo info ? Math.Max(1, info.LineNumber) : 1);
                if (reader.NodeType is XmlNodeType.Element)
                {
                    ReadElement(reader, open, settings, line);
                }
                else if (reader.NodeType is XmlNodeType.EndElement && open.Count > 0)
                {
                    open.Pop();
                }
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && open.Count > 0)
                {
                    settings.TryAdd(open.Peek(), new SettingValue(reader.Value.Trim(), new LineRange(line, line)));
                }
            }
        }
        catch (XmlException)
        {
            // What comes before the fault, such as where the file is cut off, is kept.
        }
    }

    private static void ReadElement(XmlReader reader, Stack<string> open, Dictionary<string, SettingValue> settings, int line)
    {
        var identity = reader.GetAttribute("name") ?? reader.GetAttribute("key") ?? reader.GetAttribute("id");
        var path = Join(open.Count > 0 ? open.Peek() : "", identity is null ? reader.LocalName : $"{reader.LocalName}[{identity}]");
        var isEmpty = reader.IsEmptyElement;
        while (reader.MoveToNextAttribute())
        {
            if (reader.LocalName is not ("name" or "key" or "id") && reader.Prefix != "xmlns" && reader.LocalName != "xmlns")
            {
                settings.TryAdd(reader.LocalName == "value" ? path
                    : $"{path}.{reader.LocalName}", new SettingValue(reader.Value, new LineRange(line, line)));
            }
        }

        if (!isEmpty)
        {
            open.Push(path);
        }
    }

    private static string Join(string path, string name) => path.Length > 0 ? $"{path}.{name}" : name;
}
