using System.Text.Json;
using System.Text.RegularExpressions;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>Reads what people declare to be run: compose files, units of systemd, Terraform, CloudFormation.</summary>
internal sealed partial class DeclaredSystem(GraphBuilder graph, CitedFile file, SourceText text)
{
    private const int MaxLines = 20_000;

    private static readonly string[] s_unitEndings = [".service", ".socket", ".timer", ".mount", ".target", ".path"];

    /// <summary>Reads a document; false if it is not of such a kind.</summary>
    public bool Read(Node root)
    {
        if (root.First("services") is { IsMap: true } services && services.Members.Any(IsComposed))
        {
            foreach (var (name, service) in services.Members)
            {
                ReadService(name, service);
            }

            return true;
        }

        if (root.First("Resources") is { IsMap: true } resources
            && resources.Members.Any(each => each.Value.TextOf("Type").Contains("::", StringComparison.Ordinal)))
        {
            ReadTemplate(resources);
            return true;
        }

        return false;
    }

    /// <summary>Reads a text; false if it is not of such a kind.</summary>
    public bool ReadText()
    {
        var (found, unit, section) = (false, UnitOf(file.Name), "");
        GraphObject? owner = null;
        for (var number = 1; number <= Math.Min(text.LineCount, MaxLines); number++)
        {
            var line = text.Line(number).Trim();
            if (line.Length is 0 or > 1_024)
            {
                continue;
            }

            if (line is ['[', .., ']'])
            {
                section = line[1..^1].ToString();
                owner = section == "Unit" && unit.Length > 0 ? graph.Describe("unit", "", unit, file.Cite(number, line)) : section
                    is "Service" or "Install" or "Mount" or "Socket" or "Timer" or "Path" ? owner : null;
                found |= owner is not null;
            }
            else if (line.StartsWith("# /", StringComparison.Ordinal) && UnitOf(line.ToString()) is { Length: > 0 } shown)
            {
                unit = shown;
            }
            else if (owner?.Kind == "unit" && line[0] is not ('#' or ';') && line.IndexOf('=') is > 0 and var equals)
            {
                ReadUnit(owner, line[..equals].ToString(), line[(equals + 1)..].ToString(), file.Cite(number, line));
            }
            else if (Block().Match(line.ToString()) is { Success: true } block)
            {
                found = true;
                owner = graph.Describe("resource", "", $"{block.Groups["type"]}.{block.Groups["name"]}", file.Cite(number, line));
            }
            else if (owner?.Kind == "resource")
            {
                foreach (Match reference in Reference().Matches(line.ToString()))
                {
                    var cited = file.Cite(number, line);
                    graph.Relate(Proto.RelationType.DependsOn, owner, graph.Mention("resource", "", reference.Value, cited), cited);
                }
            }
        }

        return found;
    }

    private static bool IsComposed(Member service) => service.Value.IsMap
        && service.Value.First("image", "build", "depends_on", "environment") is not null;

    private void ReadService(string name, Node node)
    {
        var cited = Cite(node);
        var service = graph.Describe(ObjectKind.Service, "", name, cited);
        service.AddAlias(node.TextOf("container_name"));
        service.AddAlias(node.TextOf("hostname"));
        foreach (var (needed, condition, at) in Entries(node.First("depends_on")))
        {
            graph.Relate(Proto.RelationType.DependsOn, service, graph.Mention(ObjectKind.Service, "", needed, at), at,
                condition?.TextOf("condition") ?? "");
        }

        foreach (var (key, value, at) in Entries(node.First("environment")))
        {
            var (variable, said) = value is not null ? (key, value.Text)
                : key.Split('=', 2) is [var before, var after] ? (before, after) : (key, "");
            SettingPeers.Read(variable, said, service, graph, at);
        }

        foreach (var (volume, _, at) in Entries(node.First("volumes")))
        {
            var source = volume.Split(':')[0];
            if (source.Length > 0 && source[0] is not ('.' or '/' or '~' or '$'))
            {
                graph.Relate(Proto.RelationType.Mounts, service, graph.Mention("volume", "", source, at), at);
            }
        }

        foreach (var (settings, _, at) in Entries(node.First("env_file")))
        {
            graph.Relate(Proto.RelationType.ConfiguredBy, service,
                graph.Mention(ObjectKind.File, "", settings[(settings.LastIndexOf('/') + 1)..], at), at, "env_file");
        }

        foreach (var server in Entries(node.First("dns")))
        {
            graph.Relate(Proto.RelationType.ResolvesBy, service, graph.Address(server.Name, "", server.At), server.At);
        }

        foreach (var argument in new[] { node.First("command"), node.First("entrypoint") }.OfType<Node>())
        {
            foreach (var (word, _, at) in Entries(argument))
            {
                SettingPeers.Read("", word, service, graph, at);
            }
        }
    }

    // A scalar, a list of scalars or a map: compose files take all three.
    private IEnumerable<(string Name, Node? Value, Proto.Citation At)> Entries(Node? node) => node switch
    {
        { IsScalar: true } => [(node.Text, null, Cite(node))],
        { IsList: true } => node.Items.Select(item => (item.IsMap ? item.TextOf("source", "path") : item.Text, (Node?)null, Cite(item))),
        { IsMap: true } => node.Members.Select(member => (member.Name, (Node?)member.Value, Cite(member.Value))),
        _ => [],
    };

    private void ReadTemplate(Node resources)
    {
        var known = resources.Members.ToDictionary(each => each.Name, each => graph.Describe(KindOf(each.Value.TextOf("Type")), "",
            each.Name, Cite(each.Value)), StringComparer.Ordinal);
        foreach (var (name, resource) in resources.Members)
        {
            foreach (var (node, _) in resource.Walk())
            {
                // { "Ref": "Queue" }, !Ref Queue, !GetAtt Queue.Arn, DependsOn: Queue
                if (node.IsScalar && known.TryGetValue(node.Text.Split('.')[0], out var other) && node.Text != name)
                {
                    graph.Relate(Proto.RelationType.DependsOn, known[name], other, Cite(node));
                }
            }
        }
    }

    // AWS::RDS::DBInstance
    private static string KindOf(string type) =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(type[(type.LastIndexOf(':') + 1)..]) is { Length: > 0 } kind ? kind : "resource";

    private void ReadUnit(GraphObject unit, string key, string value, Proto.Citation cited)
    {
        switch (key)
        {
            case "After" or "Requires" or "Wants" or "BindsTo" or "Requisite" or "PartOf":
                foreach (var other in value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    graph.Relate(Proto.RelationType.DependsOn, unit, graph.Mention("unit", "", other, cited), cited, key);
                }

                break;
            case "EnvironmentFile":
                graph.Relate(Proto.RelationType.ConfiguredBy, unit,
                    graph.Mention(ObjectKind.File, "", value[(value.LastIndexOf('/') + 1)..], cited), cited, key);
                break;
            case "Environment":
                foreach (var setting in value.Split(' ').Select(each => each.Trim('"').Split('=', 2)).Where(each => each.Length == 2))
                {
                    SettingPeers.Read(setting[0], setting[1], unit, graph, cited);
                }

                break;
            case "ExecStart":
                SettingPeers.Read("", value, unit, graph, cited);
                break;
        }
    }

    private static string UnitOf(string path)
    {
        var name = path[(path.LastIndexOf('/') + 1)..];
        return s_unitEndings.Any(ending => name.EndsWith(ending, StringComparison.Ordinal)) && !name.Contains(' ', StringComparison.Ordinal)
            ? name : "";
    }

    private Proto.Citation Cite(Node node) => file.Cite(text, node);

    // resource "aws_instance" "web" {
    [GeneratedRegex(@"^resource\s+""(?<type>[\w-]{1,100})""\s+""(?<name>[\w-]{1,100})""", RegexOptions.ExplicitCapture)]
    private static partial Regex Block();

    [GeneratedRegex(@"\b(?:aws|azurerm|google|kubernetes|helm|cloudflare|random|tls|digitalocean|hcloud|openstack)_\w{1,80}\.[\w-]{1,80}")]
    private static partial Regex Reference();
}
