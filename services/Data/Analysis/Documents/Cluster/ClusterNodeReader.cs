using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Cluster;

/// <summary>Finds nodes of a cluster: whether they are ready, under pressure, cordoned, or have nothing left to give.</summary>
internal sealed class ClusterNodeReader : IDocumentReader
{
    /// <summary>A node that can allocate less than this share of its capacity has no room for another pod of ordinary size.</summary>
    private const double LowCapacity = 0.1;

    private static readonly (string[] Names, string Condition, string Resource)[] s_pressures =
    [
        (["memoryPressure"], "MemoryPressure", "memory"),
        (["diskPressure"], "DiskPressure", "storage"),
        (["pidPressure"], "PIDPressure", "threads"),
        (["networkUnavailable"], "NetworkUnavailable", "network"),
    ];

    public void Read(Node root, SignalBuilder signals, CancellationToken cancellationToken)
    {
        var ready = new List<(string Name, LineRange? At)>();
        var total = 0;
        foreach (var (node, name) in root.Walk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!IsNode(node, name))
            {
                continue;
            }

            total++;
            var nodeName = node.First("metadata/name", "name", "node_name")!;
            if (Diagnose(node, nodeName, signals, out var readiness))
            {
                ready.Add((nodeName.Text, LineRange.Between(nodeName, readiness)));
            }
        }

        if (total > 0 && ready.Count == total)
        {
            var names = string.Join(", ", ready.Take(6).Select(node => node.Name)) + (total > 6 ? ", …" : "");
            signals.Add(new SignalDraft(
                "nodes.ready", "nodes",
                total == 1 ? $"Node {names} is Ready, without memory, disk or PID pressure."
                    : $"All {total} nodes are Ready, without memory, disk or PID pressure: {names}.",
                [.. ready.Select(node => node.At)])
            {
                Severity = Proto.Severity.Info,
                State = Proto.SignalState.Normal,
                Surprise = 0.1,
                Attributes = [("ready", total), ("total", total), ("names", string.Join(' ', ready.Take(12).Select(node => node.Name)))],
            });
        }
    }

    private static bool IsNode(Node node, string name)
    {
        if (!node.IsMap || node.First("metadata/name", "name", "node_name") is not { IsScalar: true })
        {
            return false;
        }

        var kind = node.TextOf("kind");
        return kind.Length > 0 ? Names.Same(kind, "Node")
            : Names.IsOneOf(name, "nodes", "node_health")
                && node.First("ready", "status", "conditions", "memoryPressure", "diskPressure") is not null;
    }

    private static bool Diagnose(Node node, Node name, SignalBuilder signals, out Node? readiness)
    {
        var conditions = Condition.Of(node);
        var ready = conditions.FirstOrDefault(condition => Names.Same(condition.Type, "Ready"));
        var flat = node.First("ready", "is_ready") ?? (node.First("status") is { IsScalar: true } status ? status : null);
        var says = ready?.Status ?? flat?.Text ?? "";
        readiness = ready?.Node ?? flat ?? node;
        var isReady = Values.Flag(says) ?? says.StartsWith("Ready", StringComparison.OrdinalIgnoreCase);
        var pressures = PressuresOf(node, conditions);

        foreach (var (condition, resource, at, message) in pressures)
        {
            Add("node.pressure", $"Node {name.Text} reports {condition}=True{(message.Length > 0 ? $": {message}" : "")}.",
                Proto.Severity.Error, null,
                [at, name], [("resource", resource), ("message", message)]);
        }

        if (!isReady && says.Length > 0)
        {
            var also = pressures.Count > 0 ? $", with {string.Join(" and ", pressures.Select(pressure => $"{pressure.Condition}=True"))}"
                : "";
            var unheard = says.Equals("Unknown", StringComparison.OrdinalIgnoreCase) ? " (the kubelet no longer reports its status)" : "";
            var why = ready is { Reason.Length: > 0 } ? $", {ready.Reason}: {ready.Message}" : "";
            Add("node.not_ready", $"Node {name.Text} is not ready: Ready={says}{unheard}{also}{why}.", Proto.Severity.Critical,
                ready?.Since,
                [readiness, name, .. pressures.Select(pressure => (LineRange?)pressure.At)],
                [("reason", ready is { Reason.Length: > 0 } ? ready.Reason : says), ("message", ready?.Message)]);
        }

        if (Values.Flag(node.TextOf("spec/unschedulable", "unschedulable", "cordoned")) == true
            || says.Contains("SchedulingDisabled", StringComparison.OrdinalIgnoreCase))
        {
            Add("node.cordoned", $"Node {name.Text} is cordoned: it takes no new pods.", Proto.Severity.Info, null,
                [node.First("spec/unschedulable", "unschedulable", "cordoned") ?? readiness, name], []);
        }

        foreach (var resource in (string[])["cpu", "memory"])
        {
            var allocatable = node.First($"status/allocatable/{resource}", $"allocatable/{resource}", $"allocatable_{resource}");
            var capacity = node.First($"status/capacity/{resource}", $"capacity/{resource}", $"capacity_{resource}");
            if (Values.Quantity(allocatable?.Text) is { } left && Values.Quantity(capacity?.Text) is { } whole && whole > 0
                && left < LowCapacity * whole)
            {
                Add("node.capacity_low", $"Node {name.Text} has only {allocatable!.Text} of {capacity!.Text} {resource} allocatable.",
                    Proto.Severity.Warning, null,
                    [allocatable, capacity, name],
                    [("resource", resource), ("allocatable", allocatable.Text), ("capacity", capacity.Text)]);
            }
        }

        return isReady && pressures.Count == 0;

        void Add(string kind, string summary, Proto.Severity severity, DateTimeOffset? start, LineRange?[] at,
            (string, object?)[] attributes) =>
            signals.Add(new SignalDraft(kind, $"node/{name.Text}", summary, at) { Severity = severity, Start = start, Surprise = 0.8,
                Attributes = attributes });
    }

    private static List<(string Condition, string Resource, Node At, string Message)> PressuresOf(Node node,
        IReadOnlyList<Condition> conditions)
    {
        var found = new List<(string, string, Node, string)>();
        foreach (var (names, type, resource) in s_pressures)
        {
            var condition = conditions.FirstOrDefault(condition => Names.Same(condition.Type, type));
            if (condition?.IsTrue == true)
            {
                found.Add((type, resource, condition.Node, condition.Message));
            }
            else if (condition is null && node.First(names) is { } flat && Values.Flag(flat.Text) == true)
            {
                found.Add((type, resource, flat, ""));
            }
        }

        return found;
    }
}
