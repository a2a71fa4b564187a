using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>Reads what pods, and the templates of workloads, mount, take settings from and are told to call.</summary>
internal sealed class PodSpecReader(GraphBuilder graph, CitedFile file, SourceText text)
{
    public void Read(Node spec, GraphObject owner, string space)
    {
        Refer(Proto.RelationType.ConfiguredBy, owner, "service_account", space, spec.First("serviceAccountName"), "service account");
        Refer(Proto.RelationType.ConfiguredBy, owner, "priority_class", "", spec.First("priorityClassName"), "priority class");
        foreach (var pull in spec.First("imagePullSecrets")?.Items ?? [])
        {
            Refer(Proto.RelationType.ConfiguredBy, owner, ObjectKind.Secret, space, pull.First("name"), "image pull secret");
        }

        foreach (var server in spec.First("dnsConfig/nameservers")?.Items ?? [])
        {
            graph.Relate(Proto.RelationType.ResolvesBy, owner, graph.Address(server.Text, "", Cite(server)), Cite(server));
        }

        foreach (var volume in spec.First("volumes") is { IsList: true } volumes ? volumes.Items : [])
        {
            ReadVolume(volume, owner, space);
        }

        foreach (var container in ContainersOf(spec))
        {
            ReadContainer(container, owner, space);
        }
    }

    /// <summary>The ports that the containers declare, by number and by name.</summary>
    public static List<string> PortsOf(Node spec) =>
    [
        .. ContainersOf(spec).SelectMany(container => container.First("ports") is { IsList: true } ports ? ports.Items : [])
            .SelectMany(port => new[] { port.TextOf("containerPort"), port.TextOf("name") }).Where(port => port.Length > 0).Distinct(),
    ];

    private static IEnumerable<Node> ContainersOf(Node spec) =>
        new[] { spec.First("containers"), spec.First("initContainers") }.Where(list => list is { IsList: true })
            .SelectMany(list => list!.Items).Where(container => container.IsMap);

    private void ReadVolume(Node volume, GraphObject owner, string space)
    {
        var detail = volume.TextOf("name") is { Length: > 0 } name ? $"volume {name}" : "";
        Refer(Proto.RelationType.Mounts, owner, ObjectKind.ConfigMap, space, volume.First("configMap/name"), detail);
        Refer(Proto.RelationType.Mounts, owner, ObjectKind.Secret, space, volume.First("secret/secretName"), detail);
        Refer(Proto.RelationType.Mounts, owner, ObjectKind.VolumeClaim, space, volume.First("persistentVolumeClaim/claimName"), detail);
        foreach (var source in volume.First("projected/sources")?.Items ?? [])
        {
            Refer(Proto.RelationType.Mounts, owner, ObjectKind.ConfigMap, space, source.First("configMap/name"), detail);
            Refer(Proto.RelationType.Mounts, owner, ObjectKind.Secret, space, source.First("secret/name"), detail);
        }

        if (volume.First("nfs/server") is { } server)
        {
            graph.Relate(Proto.RelationType.Calls, owner, graph.Address(server.Text, "", Cite(server)), Cite(server), detail);
        }
    }

    private void ReadContainer(Node container, GraphObject owner, string space)
    {
        foreach (var source in container.First("envFrom")?.Items ?? [])
        {
            Refer(Proto.RelationType.ConfiguredBy, owner, ObjectKind.ConfigMap, space, source.First("configMapRef/name"), "envFrom");
            Refer(Proto.RelationType.ConfiguredBy, owner, ObjectKind.Secret, space, source.First("secretRef/name"), "envFrom");
        }

        foreach (var variable in container.First("env") is { IsList: true } env ? env.Items : [])
        {
            var name = variable.TextOf("name");
            foreach (var (reference, kind) in new[] { ("configMapKeyRef", ObjectKind.ConfigMap), ("secretKeyRef", ObjectKind.Secret) })
            {
                Refer(Proto.RelationType.ConfiguredBy, owner, kind, space, variable.First($"valueFrom/{reference}/name"),
                    $"{name} from key {variable.TextOf($"valueFrom/{reference}/key")}");
            }

            if (variable.First("value") is { IsScalar: true } value)
            {
                SettingPeers.Read(name, value.Text, owner, graph, Cite(value));
            }
        }

        foreach (var argument in new[] { container.First("command"), container.First("args") }
            .Where(list => list is { IsList: true }).SelectMany(list => list!.Items))
        {
            SettingPeers.Read("", argument.Text, owner, graph, Cite(argument));
        }
    }

    private void Refer(Proto.RelationType type, GraphObject from, string kind, string space, Node? name, string detail)
    {
        if (name is { IsScalar: true, Text.Length: > 0 })
        {
            graph.Relate(type, from, graph.Mention(kind, space, name.Text, Cite(name)), Cite(name), detail);
        }
    }

    private Proto.Citation Cite(Node node) => file.Cite(text, node);
}
