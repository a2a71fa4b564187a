using FaultMaven.Data.Analysis.Documents.Cluster;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>Reads Kubernetes objects as manifests and the API write them, alone, in lists, and as tools flatten them.</summary>
internal sealed class ManifestReader(GraphBuilder graph, CitedFile file, SourceText text)
{
    private static readonly string[] s_notObjects = ["event", "list", "table", "status", "self_subject_access_review"];

    private readonly PodSpecReader _specs = new(graph, file, text);
    private readonly RoutingReader _routing = new(graph, file, text);

    /// <summary>Reads a document; false if it has no such objects.</summary>
    public bool Read(Node root, CancellationToken cancellationToken)
    {
        var found = false;
        var listed = root.TextOf("kind") is [.., 'L', 'i', 's', 't'] kind ? kind[..^4] : "";
        foreach (var (node, list) in root.Walk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (node.IsMap && KindOf(node, list, listed) is { Length: > 0 } each)
            {
                found = true;
                ReadObject(node, each);
            }
            else if (node.IsMap && node.First("involvedObject", "regarding", "involved_object") is not null)
            {
                found = true;
                AssignmentText.Read(node.TextOf("message", "note"), graph, Cite(node.First("message", "note") ?? node));
            }
        }

        return found;
    }

    // References such as scaleTargetRef have a kind and a name, but no metadata.
    private static string KindOf(Node node, string list, string listed)
    {
        var said = node.TextOf("kind");
        if (node.First("metadata/name") is { IsScalar: true })
        {
            var kind = said.Length > 0 ? said : Names.Same(list, "items") ? listed : "";
            var known = kind.Length > 0 ? ObjectKind.Of(kind) : ObjectKind.OfList(list);
            return s_notObjects.Contains(known) || Names.Same(list, "volumeClaimTemplates") ? "" : known;
        }

        return said.Length == 0 && node.First("name", "pod_name") is { IsScalar: true } && node.Members.Count > 1
            ? ObjectKind.OfList(list) : "";
    }

    private void ReadObject(Node node, string kind)
    {
        var name = node.First("metadata/name", "name", "pod_name")!;
        var space = node.TextOf("metadata/namespace", "namespace");
        var labels = LabelsOf(node.First("metadata/labels", "labels"));
        var found = graph.Describe(kind, space, name.Text, Cite(name));
        ReadOwners(node, found, space, labels);
        if (kind == ObjectKind.Pod)
        {
            ReadPod(node, found, space, labels);
        }
        else if (ObjectKind.IsWorkload(kind))
        {
            ReadWorkload(node, found, space);
        }
        else
        {
            ReadOther(node, kind, found, space);
        }
    }

    private void ReadOwners(Node node, GraphObject found, string space, Dictionary<string, string> labels)
    {
        foreach (var owner in node.First("metadata/ownerReferences", "ownerReferences", "owner_references")?.Items ?? [])
        {
            var kind = ObjectKind.Of(owner.TextOf("kind"));
            var by = graph.Mention(kind, space, owner.TextOf("name"), Cite(owner));
            graph.Relate(Proto.RelationType.Owns, by, found, Cite(owner));

            // The label says that the replica set is a deployment's, and which part of its name is the hash.
            if (kind == ObjectKind.ReplicaSet && labels.TryGetValue("pod-template-hash", out var hash)
                && by.Name.EndsWith($"-{hash}", StringComparison.Ordinal))
            {
                graph.Relate(Proto.RelationType.Owns,
                    graph.Mention(ObjectKind.Deployment, space, by.Name[..^(hash.Length + 1)], Cite(owner)), by, Cite(owner));
            }
        }
    }

    private void ReadPod(Node node, GraphObject pod, string space, Dictionary<string, string> labels)
    {
        if (PodState.TryRead(node, "pods", out var state))
        {
            var waiting = state.Containers.Select(container => container.WaitingReason).FirstOrDefault(reason => reason.Length > 0);
            var phase = waiting ?? (state.Reason.Length > 0 ? state.Reason : state.Phase);
            pod.State = state.IsReady || state.IsCompleted || phase.Length == 0 ? phase : $"{phase}, not ready";
        }

        foreach (var address in node.First("status/podIPs")?.Items ?? [])
        {
            pod.AddAlias(address.TextOf("ip"));
        }

        pod.AddAlias(node.TextOf("status/podIP", "podIP", "pod_ip", "ip"));
        if (node.First("spec/nodeName", "nodeName", "node_name", "node") is { IsScalar: true } on)
        {
            var runsOn = graph.Mention(ObjectKind.Node, "", on.Text, Cite(on));
            runsOn.AddAlias(node.TextOf("status/hostIP", "hostIP", "host_ip"));
            graph.Relate(Proto.RelationType.RunsOn, pod, runsOn, Cite(on));
        }

        _specs.Read(node.First("spec") ?? node, pod, space);
        if (labels.Count > 0)
        {
            graph.Labels.AddLabels(pod, space, labels, PodSpecReader.PortsOf(node.First("spec") ?? node));
        }
    }

    private void ReadWorkload(Node node, GraphObject workload, string space)
    {
        var wanted = node.NumberOf("spec/replicas", "replicas", "desired_replicas", "status/desiredNumberScheduled");
        var ready = node.NumberOf("status/readyReplicas", "readyReplicas", "ready_replicas", "status/numberReady");
        if (wanted is { } want && (ready is not null || node.First("status") is { IsMap: true }))
        {
            workload.State = $"{ready ?? 0:0} of {want:0} ready";
        }

        if (node.First("spec/template", "spec/jobTemplate/spec/template") is { IsMap: true } template)
        {
            _specs.Read(template.First("spec") ?? template, workload, space);
            if (LabelsOf(template.First("metadata/labels")) is { Count: > 0 } labels)
            {
                graph.Labels.AddLabels(workload, space, labels, PodSpecReader.PortsOf(template.First("spec") ?? template));
            }
        }
    }

    private void ReadOther(Node node, string kind, GraphObject found, string space)
    {
        switch (kind)
        {
            case ObjectKind.Node:
                ReadNode(node, found);
                break;
            case ObjectKind.VolumeClaim:
                found.State = node.First("status/phase", "phase", "status") is { IsScalar: true } phase ? phase.Text : "";
                Refer(Proto.RelationType.Mounts, found, ObjectKind.Volume, "", node.First("spec/volumeName", "volumeName", "volume"));
                Refer(Proto.RelationType.ConfiguredBy, found, ObjectKind.StorageClass, "",
                    node.First("spec/storageClassName", "storageClass", "storage_class"));
                break;
            case ObjectKind.Volume:
                found.State = node.TextOf("status/phase");
                ReadVolume(node, found);
                break;
            case ObjectKind.Autoscaler:
                ReadAutoscaler(node, found, space);
                break;
            case "role_binding" or "cluster_role_binding":
                ReadBinding(node, found, space);
                break;
            case "volume_attachment":
                if (node.First("spec/source/persistentVolumeName") is { } volume && node.First("spec/nodeName") is { } on)
                {
                    graph.Relate(Proto.RelationType.RunsOn, graph.Mention(ObjectKind.Volume, "", volume.Text, Cite(volume)),
                        graph.Mention(ObjectKind.Node, "", on.Text, Cite(on)), Cite(on), "attached");
                }

                break;
            case ObjectKind.ConfigMap:
                foreach (var (_, value) in node.First("data")?.Members ?? [])
                {
                    SettingPeers.ReadLines(value.Text, value.Line, found, graph, file, text);
                }

                break;
            default:
                if (!_routing.Read(node, kind, found, space))
                {
                    ReadUnknown(node, found, space);
                }

                break;
        }
    }

    private static void ReadNode(Node node, GraphObject found)
    {
        foreach (var address in node.First("status/addresses")?.Items ?? [])
        {
            found.AddAlias(address.TextOf("address"));
        }

        if (Condition.Of(node).FirstOrDefault(condition => Names.Same(condition.Type, "Ready")) is { } ready)
        {
            found.State = ready.IsTrue == true ? "Ready" : $"not Ready{(ready.Reason.Length > 0 ? $" ({ready.Reason})" : "")}";
        }
    }

    private void ReadVolume(Node node, GraphObject found)
    {
        if (node.First("spec/claimRef/name") is { } claim)
        {
            graph.Relate(Proto.RelationType.Mounts,
                graph.Mention(ObjectKind.VolumeClaim, node.TextOf("spec/claimRef/namespace"), claim.Text, Cite(claim)), found, Cite(claim));
        }

        Refer(Proto.RelationType.ConfiguredBy, found, ObjectKind.StorageClass, "", node.First("spec/storageClassName"));
        if (node.First("spec/nfs/server", "spec/iscsi/targetPortal", "spec/csi/volumeAttributes/server") is { } server)
        {
            graph.Relate(Proto.RelationType.Calls, found, graph.Address(server.Text.Split(':')[0], "", Cite(server)), Cite(server));
        }
    }

    private void ReadAutoscaler(Node node, GraphObject found, string space)
    {
        if (node.NumberOf("status/currentReplicas", "currentReplicas") is { } current
            && node.NumberOf("spec/maxReplicas", "maxReplicas") is { } most)
        {
            found.State = $"{current:0} of at most {most:0} replicas";
        }

        if (node.First("spec/scaleTargetRef/name", "scaleTargetRef/name", "target") is { IsScalar: true } target)
        {
            var kind = node.TextOf("spec/scaleTargetRef/kind", "scaleTargetRef/kind");
            graph.Relate(Proto.RelationType.Scales, found,
                graph.Mention(kind.Length > 0 ? ObjectKind.Of(kind) : ObjectKind.Deployment, space, target.Text, Cite(target)),
                Cite(target));
        }
    }

    private void ReadBinding(Node node, GraphObject binding, string space)
    {
        if (node.First("roleRef/name") is not { } name)
        {
            return;
        }

        var role = graph.Mention(ObjectKind.Of(node.TextOf("roleRef/kind")), space, name.Text, Cite(name));
        graph.Relate(Proto.RelationType.ConfiguredBy, binding, role, Cite(name), "role");
        foreach (var subject in node.First("subjects")?.Items ?? [])
        {
            var kind = ObjectKind.Of(subject.TextOf("kind"));
            var said = subject.TextOf("namespace");
            graph.Relate(Proto.RelationType.GrantedTo, role,
                graph.Mention(kind, said.Length > 0 ? said : space, subject.TextOf("name"), Cite(subject)), Cite(subject),
                $"by {binding.Name}");
        }
    }

    // A custom resource: what it names by the usual fields.
    private void ReadUnknown(Node node, GraphObject found, string space)
    {
        foreach (var (below, name) in node.Walk())
        {
            if (below.IsScalar && Names.Same(name, "secretName"))
            {
                Refer(Proto.RelationType.ConfiguredBy, found, ObjectKind.Secret, space, below);
            }
            else if (below.IsMap && Names.IsOneOf(name, "issuerRef", "secretRef", "configMapRef", "scaleTargetRef", "targetRef")
                && below.First("name") is { } other)
            {
                var kind = below.TextOf("kind") is { Length: > 0 } said ? ObjectKind.Of(said)
                    : ObjectKind.Of(name[..^"Ref".Length]);
                Refer(Names.IsOneOf(name, "scaleTargetRef", "targetRef") ? Proto.RelationType.Scales : Proto.RelationType.ConfiguredBy,
                    found, kind, space, other);
            }
        }
    }

    private void Refer(Proto.RelationType type, GraphObject from, string kind, string space, Node? name)
    {
        if (name is { IsScalar: true, Text.Length: > 0 })
        {
            graph.Relate(type, from, graph.Mention(kind, space, name.Text, Cite(name)), Cite(name));
        }
    }

    private Proto.Citation Cite(Node node) => file.Cite(text, node);

    public static Dictionary<string, string> LabelsOf(Node? labels)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in labels?.Members ?? [])
        {
            found[key] = value.Text;
        }

        return found;
    }
}
