using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace FaultMaven.Agents.Catalogue;

/// <summary>Reads a YAML mapping strictly: every key is known, every value has its shape, and every fault has its line.</summary>
internal sealed class YamlSection
{
    private readonly YamlMappingNode _node;
    private readonly string _file;
    private readonly ICollection<CatalogueProblem> _problems;

    public YamlSection(string file, YamlMappingNode node, ICollection<CatalogueProblem> problems, params ReadOnlySpan<string> keys)
    {
        (_file, _node, _problems) = (file, node, problems);
        foreach (var key in node.Children.Keys)
        {
            if (key is not YamlScalarNode { Value: { } name } || !keys.Contains(name))
            {
                Report(key, $"unknown key `{key}`; known are {string.Join(", ", keys.ToArray())}");
            }
        }
    }

    /// <summary>Parses a file that holds one mapping. Null, with the problem added, if it does not.</summary>
    public static YamlMappingNode? ParseFile(string file, string text, ICollection<CatalogueProblem> problems)
    {
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
            {
                return root;
            }

            problems.Add(new(file, 1, "the file must hold exactly one mapping"));
        }
        catch (YamlException fault)
        {
            problems.Add(new(file, fault.Start.Line, fault.InnerException?.Message ?? fault.Message));
        }

        return null;
    }

    public void Report(string key, string message) => Report(Find(key) ?? _node, message);

    public void Report(YamlNode node, string message) => _problems.Add(new(_file, node.Start.Line, message));

    public string Required(string key) => Optional(key) switch
    {
        null => Missing(key),
        { Length: 0 } => Missing(key),
        { } value => value,
    };

    public string? Optional(string key)
    {
        switch (Find(key))
        {
            case null:
                return null;
            case YamlScalarNode scalar:
                return scalar.Value?.Trim() ?? "";
            case var other:
                Report(other, $"`{key}` must be a text");
                return null;
        }
    }

    /// <summary>The texts of a list, with their nodes. Empty if the key is not there.</summary>
    public IReadOnlyList<YamlScalarNode> Texts(string key) => [.. Items(key).OfType<YamlNode>().Select(item =>
    {
        if (item is not YamlScalarNode { Value.Length: > 0 })
        {
            Report(item, $"`{key}` must be a list of texts");
        }

        return item as YamlScalarNode;
    }).OfType<YamlScalarNode>()];

    /// <summary>The mappings of a list. Empty if the key is not there.</summary>
    public IReadOnlyList<YamlMappingNode> Mappings(string key) => [.. Items(key).Select(item =>
    {
        if (item is not YamlMappingNode)
        {
            Report(item, $"`{key}` must be a list of mappings");
        }

        return item as YamlMappingNode;
    }).OfType<YamlMappingNode>()];

    public YamlMappingNode? Mapping(string key)
    {
        var node = Find(key);
        if (node is not (null or YamlMappingNode))
        {
            Report(node, $"`{key}` must be a mapping");
        }

        return node as YamlMappingNode;
    }

    private IEnumerable<YamlNode> Items(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case YamlSequenceNode list:
                return list.Children;
            case var other:
                Report(other, $"`{key}` must be a list");
                return [];
        }
    }

    private YamlNode? Find(string key) => _node.Children.TryGetValue(new YamlScalarNode(key), out var value) ? value : null;

    private string Missing(string key)
    {
        Report(_node, $"`{key}` is missing");
        return "";
    }
}
