using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Cluster;

/// <summary>Finds quotas, volume claims, autoscalers, jobs and endpoints that are not as they should be.</summary>
internal sealed class ClusterObjectReader : IDocumentReader
{
    public void Read(Node root, SignalBuilder signals, CancellationToken cancellationToken)
    {
        foreach (var (node, list) in root.Walk())
        {
            cancellationToken.ThrowIfCancellationRequested();
            // A stateful set makes claims of its templates, and a template itself is never bound.
            if (!node.IsMap || Names.Same(list, "volumeClaimTemplates")
                || node.First("metadata/name", "name") is not { IsScalar: true } name)
            {
                continue;
            }

            if (Is("ResourceQuota", "resource_quotas", "quotas"))
            {
                ReadQuota(node, name, signals);
            }
            else if (Is("PersistentVolumeClaim", "pvcs", "persistent_volume_claims", "volume_claims"))
            {
                ReadVolumeClaim(node, name, signals);
            }
            else if (Is("HorizontalPodAutoscaler", "hpas", "horizontal_pod_autoscalers", "autoscalers"))
            {
                ReadAutoscaler(node, name, signals);
            }
            else if (Is("Job", "jobs"))
            {
                ReadJob(node, name, signals);
            }
            else if (Is("Endpoints", "endpoints") || Is("EndpointSlice", "endpoint_slices")
                || (Is("Service", "services") && node.First("readyAddresses", "ready_count", "endpoints") is not null))
            {
                ReadEndpoints(node, name, signals);
            }

            bool Is(string kind, params string[] lists) => node.TextOf("kind") is { Length: > 0 } said ? Names.Same(said, kind)
                : Names.Same(list, kind) || Names.Same(list, $"{kind}s") || Names.IsOneOf(list, lists);
        }
    }

    private static void ReadQuota(Node node, Node name, SignalBuilder signals)
    {
        var hard = node.First("status/hard", "hard", "limits", "spec/hard");
        var used = node.First("status/used", "used");
        foreach (var (resource, limit) in hard?.Members ?? [])
        {
            var usage = used?.First(resource);
            if (usage is { IsScalar: true } && Values.Quantity(usage.Text) is { } have && Values.Quantity(limit.Text) is { } most
                && most > 0 && have >= most)
            {
                signals.Add(new SignalDraft("quota.exceeded", $"quota/{name.Text}",
                    $"Resource quota {name.Text} is used up: {resource} used {usage.Text} of {limit.Text}.", usage, limit, name)
                {
                    Severity = Proto.Severity.Warning,
                    Attributes =
                        [("quota", name.Text), ("resource", SchedulingReason.ResourceOf(resource)), ("used", usage.Text),
                        ("limit", limit.Text)],
                });
            }
        }
    }

    private static void ReadVolumeClaim(Node node, Node name, SignalBuilder signals)
    {
        var phase = node.First("status/phase", "phase", "status");
        if (phase is { IsScalar: true } && Names.IsOneOf(phase.Text, "Pending", "Lost"))
        {
            var message = node.TextOf("message", "status/message");
            signals.Add(new SignalDraft("volume_claim.pending", $"volume_claim/{name.Text}",
                $"Volume claim {name.Text} is not bound: {phase.Text}{(message.Length > 0 ? $", {message}" : "")}.", phase, name)
            {
                Severity = Proto.Severity.Error,
                Attributes = [("message", message), ("storage_class", node.TextOf("spec/storageClassName", "storageClass"))],
            });
        }
    }

    private static void ReadAutoscaler(Node node, Node name, SignalBuilder signals)
    {
        var conditions = Condition.Of(node);
        var current = node.First("status/currentReplicas", "currentReplicas", "current");
        var most = node.First("spec/maxReplicas", "maxReplicas", "max");
        var broken =
            conditions.FirstOrDefault(condition => Names.IsOneOf(condition.Type, "AbleToScale", "ScalingActive")
            && condition.IsTrue == false
            && !Names.Same(condition.Reason, "ScalingDisabled"));
        var limited =
            conditions.FirstOrDefault(condition => Names.Same(condition.Type, "ScalingLimited") && condition.IsTrue == true
            && Names.Same(condition.Reason, "TooManyReplicas"));
        var atMost = Values.TryNumber(current?.Text, out var have) && Values.TryNumber(most?.Text, out var max) && max > 1 && have >= max;
        if (broken is not null)
        {
            Add($"Autoscaler {name.Text} cannot scale ({broken.Reason}): {broken.Message}", [broken.Node, name], broken.Message);
        }
        else if (limited is not null || atMost)
        {
            Add($"Autoscaler {name.Text} is at its maximum of {most?.Text ?? "?"} replicas"
                + $"{(limited is null ? "" : $" ({limited.Reason}): {limited.Message}")}",
                [limited?.Node, LineRange.Between(current, most), name], limited?.Message ?? "");
        }

        void Add(string summary, LineRange?[] at, string message) =>
            signals.Add(new SignalDraft("autoscaler.limited", $"autoscaler/{name.Text}", summary,
                at) { Attributes = [("message", message)] });
    }

    private static void ReadJob(Node node, Node name, SignalBuilder signals)
    {
        var failed = Condition.Of(node).FirstOrDefault(condition => Names.Same(condition.Type, "Failed") && condition.IsTrue == true);
        var count = node.First("status/failed", "failed");
        if (failed is null
            && !(Values.TryNumber(count?.Text, out var failures) && failures > 0
            && node.NumberOf("status/succeeded", "succeeded") is null or 0))
        {
            return;
        }

        signals.Add(new SignalDraft("job.failed", $"job/{name.Text}",
            failed is null ? $"Job {name.Text} has {count!.Text} failed pods."
                : $"Job {name.Text} failed ({failed.Reason}): {failed.Message}", failed?.Node, count, name)
        {
            Severity = Proto.Severity.Error,
            Start = failed?.Since,
            Attributes = [("message", failed?.Message), ("reason", failed?.Reason)],
        });
    }

    private static void ReadEndpoints(Node node, Node name, SignalBuilder signals)
    {
        var ready = node.NumberOf("readyAddresses", "ready_count", "ready")
            ?? (node.First("subsets", "endpoints", "addresses", "readyAddresses") is { IsList: true } list
                ? list.Items.Count(HasReadyAddress) : null);
        if (ready is 0 || (ready is null && Names.Same(node.TextOf("kind"), "Endpoints")))
        {
            signals.Add(new SignalDraft("service.no_endpoints", $"service/{name.Text}", $"Service {name.Text} has no ready endpoints.",
                node.First("subsets", "endpoints", "addresses", "readyAddresses", "ready_count"), name)
            {
                Severity = Proto.Severity.Error,
            });
        }
    }

    private static bool HasReadyAddress(Node endpoint) =>
        endpoint.IsScalar
            || endpoint.First("addresses") is { Items.Count: > 0 } && Values.Flag(endpoint.TextOf("conditions/ready")) != false
        || endpoint.First("ip") is not null;
}
