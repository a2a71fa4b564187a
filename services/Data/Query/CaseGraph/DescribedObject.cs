namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>Collects the lines that <c>kubectl describe</c> prints of one object, and reads it at its end.</summary>
internal sealed class DescribedObject(GraphBuilder graph, CitedFile file)
{
    private const int MaxFields = 2_000;

    private readonly List<DescribedField> _fields = [];
    private string _section = "";
    private string _container = "";

    /// <summary>The kind that the command named; empty if it is not known.</summary>
    public string Kind { get; set; } = "";

    public void ReadLine(string line, int number, string defaultNamespace)
    {
        var indent = line.Length - line.AsSpan().TrimStart().Length;
        var colon = ColonOf(line);
        if (indent == 0 && line.StartsWith("Name:", StringComparison.Ordinal))
        {
            Complete(defaultNamespace);
        }
        else if (_fields.Count == 0 || _fields.Count >= MaxFields)
        {
            return;
        }

        var (key, value) = colon < 0 ? ("", line.Trim()) : (line[..colon].Trim(), line[(colon + 1)..].Trim());
        if (indent == 0)
        {
            (_section, _container) = (key, "");
        }
        else if (indent == 2 && value.Length == 0)
        {
            _container = key;
        }

        // "Labels:  app=web" continues under its value: "         tier=api".
        if (indent >= 6 && colon < 0 && _section is "Labels" or "Annotations" or "Selector")
        {
            key = _section;
        }

        _fields.Add(new DescribedField(_section, _container, key, value, file.Cite(number, line)));
    }

    /// <summary>Reads what was collected.</summary>
    public void Complete(string defaultNamespace)
    {
        if (_fields is [var name, ..] && KindOf() is { Length: > 0 } kind && name.Value.Length > 0)
        {
            var space = Of("Namespace") is { } own ? own.Value : defaultNamespace;
            Read(kind, name, space);
        }

        _fields.Clear();
        (_section, _container) = ("", "");
    }

    /// <summary><c>app=web,tier=api</c>.</summary>
    public static LabelSelector SelectorOf(string text) =>
        new([.. LabelsOf(text.Split(',')).Select(label => (label.Key, (IReadOnlyList<string>)[label.Value]))]);

    public static Dictionary<string, string> LabelsOf(IEnumerable<string> labels) => labels.Select(label => label.Trim().Split('=', 2))
        .Where(label => label.Length == 2).DistinctBy(label => label[0]).ToDictionary(label => label[0], label => label[1]);

    // The colon after a key; one inside of a value has no blank or end after it.
    private static int ColonOf(string line)
    {
        for (var at = line.IndexOf(':', StringComparison.Ordinal); at >= 0; at = line.IndexOf(':', at + 1))
        {
            if (at + 1 == line.Length || line[at + 1] == ' ')
            {
                return line.AsSpan(0, at).Contains('=') ? -1 : at;
            }
        }

        return -1;
    }

    private string KindOf() =>
        Has("Roles") && Has("Capacity") ? ObjectKind.Node
        : Has("Node") && (Has("Containers") || Has("Init Containers")) ? ObjectKind.Pod
        : Has("Endpoints") && Has("Selector") ? ObjectKind.Service
        : Has("StrategyType") ? ObjectKind.Deployment
        : Has("Pods Status") && Has("Controlled By") ? ObjectKind.ReplicaSet
        : Has("Rules") && (Has("Default backend") || Has("Ingress Class")) ? ObjectKind.Ingress
        : Has("StorageClass") && Has("Volume") ? ObjectKind.VolumeClaim
        : Has("Reference") && Has("Min replicas") ? ObjectKind.Autoscaler
        : Has("Role") && Has("Subjects") ? "role_binding"
        : Has("Subsets") ? "endpoints"
        : Kind;

    private bool Has(string key) => _fields.Exists(field => field.Key == key && field.Section == key);

    private DescribedField? Of(string key) => _fields.Find(field => field.Section == key && field.Key == key && IsTold(field.Value));

    private static bool IsTold(string value) => value.Length > 0 && value is not ("<none>" or "<unset>" or "None");

    private void Read(string kind, DescribedField name, string space)
    {
        var found = kind == "endpoints" ? graph.Mention(ObjectKind.Service, space, name.Value, name.At)
            : graph.Describe(kind, space, name.Value, name.At);
        var labels = LabelsOf(_fields.Where(field => field is { Section: "Labels", Key: "Labels" }).Select(field => field.Value));
        switch (kind)
        {
            case ObjectKind.Pod:
                ReadPod(found, space, labels);
                break;
            case ObjectKind.Node:
                ReadNode(found);
                break;
            case ObjectKind.Service:
                ReadService(found, space);
                break;
            case ObjectKind.Ingress:
                ReadIngress(found, space);
                break;
            case ObjectKind.VolumeClaim:
                found.State = Of("Status")?.Value ?? "";
                Refer(Proto.RelationType.Mounts, found, ObjectKind.Volume, "", Of("Volume"));
                Refer(Proto.RelationType.ConfiguredBy, found, ObjectKind.StorageClass, "", Of("StorageClass"));
                break;
            case ObjectKind.Autoscaler when Of("Reference") is { } reference && reference.Value.Split('/') is [var target, var scaled]:
                graph.Relate(Proto.RelationType.Scales, found, graph.Mention(ObjectKind.Of(target), space, scaled, reference.At),
                    reference.At);
                break;
            case "role_binding":
                ReadBinding(found, space);
                break;
            default:
                found.State = kind is ObjectKind.Deployment && Of("Replicas") is { } replicas ? replicas.Value : found.State;
                ReadOwner(found, space);
                ReadMounts(found, space);
                break;
        }
    }

    private void ReadPod(GraphObject pod, string space, Dictionary<string, string> labels)
    {
        var waiting = _fields.Find(field => field.Section == "Containers" && field.Key == "Reason");
        pod.State = waiting is not null ? $"{Of("Status")?.Value}, {waiting.Value}" : Of("Status")?.Value ?? "";
        pod.AddAlias(Of("IP")?.Value ?? "");
        if (Of("Node") is { } node)
        {
            // Node:  node-3/10.0.3.7
            var parts = node.Value.Split('/');
            var on = graph.Mention(ObjectKind.Node, "", parts[0], node.At);
            on.AddAlias(parts.Length > 1 ? parts[1] : "");
            graph.Relate(Proto.RelationType.RunsOn, pod, on, node.At);
        }

        ReadOwner(pod, space);
        ReadMounts(pod, space);
        if (labels.Count > 0)
        {
            graph.Labels.AddLabels(pod, space, labels, [.. _fields.Where(field => field.Key is "Port" or "Ports")
                .SelectMany(field => field.Value.Split(',')).Select(port => port.Split('/')[0].Trim()).Where(IsTold)]);
        }
    }

    private void ReadNode(GraphObject node)
    {
        foreach (var address in _fields.Where(field => field is
            { Section: "Addresses", Key: "InternalIP" or "ExternalIP" or "Hostname" }))
        {
            node.AddAlias(address.Value);
        }

        // "  Ready   False   …" of its conditions.
        if (_fields.Find(field => field.Section == "Conditions" && field.Value.StartsWith("Ready ", StringComparison.Ordinal)) is { } ready)
        {
            node.State = ready.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, "True", ..] ? "Ready" : "not Ready";
        }
    }

    private void ReadOwner(GraphObject owned, string space)
    {
        if (Of("Controlled By") is { } owner && owner.Value.Split('/') is [var kind, var name])
        {
            graph.Relate(Proto.RelationType.Owns, graph.Mention(ObjectKind.Of(kind), space, name, owner.At), owned, owner.At);
        }
    }

    private void ReadMounts(GraphObject found, string space)
    {
        var isEnvironment = "";
        foreach (var field in _fields)
        {
            switch (field)
            {
                case { Key: "ClaimName" }:
                    Refer(Proto.RelationType.Mounts, found, ObjectKind.VolumeClaim, space, field);
                    break;
                case { Key: "SecretName" or "ConfigMapName" } when IsTold(field.Value):
                    Refer(Proto.RelationType.Mounts, found, field.Key == "SecretName" ? ObjectKind.Secret : ObjectKind.ConfigMap, space,
                        field);
                    break;
                case { Section: "Volumes", Key: "Name" }:
                    Refer(Proto.RelationType.Mounts, found, ObjectKind.ConfigMap, space, field);
                    break;
                case { Key: "Environment Variables from" or "Environment" or "Mounts" or "Limits" or "Requests" or "State" }:
                    isEnvironment = field.Key;
                    break;
                case { Key.Length: > 0, Section: "Containers" or "Init Containers" } when isEnvironment == "Environment":
                    ReadVariable(found, space, field);
                    break;
                case { Value.Length: > 0 } when isEnvironment == "Environment Variables from":
                    ReadSource(found, space, field);
                    break;
            }
        }
    }

    // DB_HOST:  db.shop.svc | DB_PASSWORD:  <set to the key 'password' in secret 'db'>  Optional: false
    private void ReadVariable(GraphObject found, string space, DescribedField field)
    {
        if (field.Value.StartsWith("<set to the key ", StringComparison.Ordinal)
            && field.Value.Split('\'') is [_, var key, var of, var name, ..])
        {
            var kind = of.Contains("secret", StringComparison.Ordinal) ? ObjectKind.Secret : ObjectKind.ConfigMap;
            graph.Relate(Proto.RelationType.ConfiguredBy, found, graph.Mention(kind, space, name, field.At), field.At,
                $"{field.Key} from key {key}");
        }
        else
        {
            SettingPeers.Read(field.Key, field.Value, found, graph, field.At);
        }
    }

    // "web-settings  ConfigMap  Optional: false"
    private void ReadSource(GraphObject found, string space, DescribedField field)
    {
        var words = $"{field.Key} {field.Value}".Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words is [var name, "ConfigMap" or "Secret", ..])
        {
            graph.Relate(Proto.RelationType.ConfiguredBy, found, graph.Mention(ObjectKind.Of(words[1]), space, name, field.At), field.At,
                "envFrom");
        }
    }

    private void ReadService(GraphObject service, string space)
    {
        service.AddAlias(Of("IP")?.Value ?? "");
        if (Of("Selector") is { } selector)
        {
            var ports = Of("TargetPort") is { } port ? [port.Value.Split('/')[0]] : (IReadOnlyList<string>)[];
            var said = string.Join(',', _fields.Where(field => field is { Section: "Selector", Key: "Selector" })
                .Select(field => field.Value));
            graph.Labels.AddSelector(service, space, SelectorOf(said), ports, "", selector.At);
        }

        var endpoints = _fields.Find(field => field is { Section: "Endpoints", Key: "Endpoints" });
        service.State = endpoints is null ? "" : IsTold(endpoints.Value) ? service.State : "no endpoints";
        foreach (var address in (endpoints?.Value ?? "").Split(',').Select(each => each.Trim().Split(':')[0])
            .Where(each => AddressText.IsHost(each)))
        {
            graph.Relate(Proto.RelationType.RoutesTo, service, graph.Address(address, "", endpoints!.At), endpoints.At);
        }
    }

    // "  shop.example.com   /cart   cart:8080 (10.1.0.4:8080)"
    private void ReadIngress(GraphObject ingress, string space)
    {
        Refer(Proto.RelationType.ConfiguredBy, ingress, ObjectKind.IngressClass, "", Of("Ingress Class"));
        foreach (var field in _fields.Where(field => field.Section == "Rules" || field.Key == "Default backend"))
        {
            var words = $"{(field.Key.Length > 0 && field.Key != "Default backend" ? $"{field.Key}: " : "")}{field.Value}"
                .Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words.FirstOrDefault(word => !word.StartsWith('(') && word.Split(':') is [{ Length: > 0 } name, { Length: > 0 } port]
                && char.IsAsciiLetter(name[0]) && port.All(char.IsAsciiLetterOrDigit)) is { } backend)
            {
                graph.Relate(Proto.RelationType.RoutesTo, ingress,
                    graph.Mention(ObjectKind.Service, space, backend.Split(':')[0], field.At), field.At, backend);
            }
        }
    }

    private void ReadBinding(GraphObject binding, string space)
    {
        var kind = _fields.Find(field => field is { Section: "Role", Key: "Kind" });
        if (_fields.Find(field => field is { Section: "Role", Key: "Name" }) is not { } name)
        {
            return;
        }

        var role = graph.Mention(ObjectKind.Of(kind?.Value ?? "Role"), space, name.Value, name.At);
        graph.Relate(Proto.RelationType.ConfiguredBy, binding, role, name.At, "role");
        foreach (var field in _fields.Where(field => field.Section == "Subjects"))
        {
            if (field.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                is ["ServiceAccount" or "User" or "Group", var subject, ..] words)
            {
                graph.Relate(Proto.RelationType.GrantedTo, role,
                    graph.Mention(ObjectKind.Of(words[0]), words.Length > 2 ? words[2] : space, subject, field.At), field.At,
                    $"by {binding.Name}");
            }
        }
    }

    private void Refer(Proto.RelationType type, GraphObject from, string kind, string space, DescribedField? name)
    {
        if (name is not null && IsTold(name.Value))
        {
            graph.Relate(type, from, graph.Mention(kind, space, name.Value, name.At), name.At);
        }
    }

    private sealed record DescribedField(string Section, string Container, string Key, string Value, Proto.Citation At);
}
