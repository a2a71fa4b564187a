using FaultMaven.Data.Analysis.Documents;

namespace FaultMaven.Data.Tests.Extraction;

public sealed class ReadingClusterObjects
{
    [Fact]
    public void A_container_that_was_killed_for_its_memory_is_told_with_where_it_says_so() => Analysed.Tells(
        new DocumentAnalyzer(TimeProvider.System),
        """
        {
          "kind": "List",
          "items": [
            {
              "kind": "Pod",
              "metadata": { "name": "shop-6d5f7c9b88-q2wzx" },
              "spec": { "containers": [{ "name": "shop", "image": "registry.example/shop:9",
               "resources": { "limits": { "memory": "256Mi" } } }] },
              "status": {
                "phase": "Running",
                "conditions": [{ "type": "Ready", "status": "False", "reason": "ContainersNotReady" }],
                "containerStatuses": [
                  {
                    "name": "shop",
                    "ready": false,
                    "restartCount": 4,
                    "state": { "waiting": { "reason": "CrashLoopBackOff" } },
                    "lastState": {
                      "terminated": { "reason": "OOMKilled", "exitCode": 137, "finishedAt": "2024-05-01T10:00:00Z" }
                    }
                  }
                ]
              }
            },
            {
              "kind": "Pod",
              "metadata": { "name": "shop-6d5f7c9b88-x8kpl" },
              "status": {
                "phase": "Running",
                "conditions": [{ "type": "Ready", "status": "True" }],
                "containerStatuses": [
                  { "name": "shop", "ready": true, "restartCount": 0, "state": { "running": { "startedAt": "2024-05-01T08:00:00Z" } } }
                ]
              }
            }
          ]
        }
        """,
        [
            "Critical Active pod.oom_killed pod/shop-6d5f7c9b88-q2wzx at 16-17, 19, 14, 6, 8",
            "Info Normal pods.some_ready workload/shop at 27-29",
        ]);

    [Fact]
    public void Pods_that_a_tool_flattened_are_understood_alike() => Analysed.Tells(
        new DocumentAnalyzer(TimeProvider.System),
        """
        {"pods": [
          {"name": "mail-0", "phase": "Pending", "containers": [
            {"name": "mail", "ready": false, "restart_count": 0,
             "state": {"waiting": true, "reason": "ImagePullBackOff", "message": "Back-off pulling image \"registry.example/mail:2\""}}]},
          {"name": "mail-1", "phase": "Pending", "containers": [
            {"name": "mail", "ready": false, "restart_count": 0,
             "state": {"state": "waiting", "reason": "CreateContainerConfigError", "message": "configmap \"mail-settings\" not found"}}]},
          {"name": "mail-2", "phase": "Pending", "containers": [],
           "conditions": [{"type": "PodScheduled", "status": "False", "reason": "Unschedulable",
            "message": "0/3 nodes are available: 3 Insufficient memory."}]},
          {"name": "mail-3", "phase": "Failed", "reason": "Evicted", "message": "The node was low on resource: ephemeral-storage.",
           "containers": []},
          {"name": "mail-4", "phase": "Running", "containers": [
            {"name": "mail", "ready": true, "restart_count": 2, "state": {"running": true, "started_at": "2024-05-01T08:00:00Z"}}]},
          {"name": "mail-5", "phase": "Unknown", "containers": [{"name": "mail", "ready": false, "restart_count": 0,
           "state": {"running": true}}],
           "conditions": [{"type": "Ready", "status": "Unknown", "reason": "NodeLost", "message": "node gone"}]}
        ]}
        """,
        [
            "Error Active pod.image_pull_failed pod/mail-0 at 2-4",
            "Error Active pod.config_missing pod/mail-1 at 5-7",
            "Error Active pod.unschedulable pod/mail-2 at 8-10",
            "Error Active pod.evicted pod/mail-3 at 11",
            "Error Active pod.not_ready pod/mail-5 at 17, 15",
            "Info Recovered pod.restarted pod/mail-4 at 13-14",
            "Info Normal pods.some_ready workload/mail at 13",
        ]);

    [Fact]
    public void A_failing_init_container_is_found_in_yaml() => Analysed.Tells(
        new DocumentAnalyzer(TimeProvider.System),
        """
        apiVersion: v1
        kind: Pod
        metadata:
          name: batch-x9f2k
        status:
          phase: Pending
          initContainerStatuses:
            - name: migrate
              ready: false
              restartCount: 3
              state:
                waiting:
                  reason: CrashLoopBackOff
              lastState:
                terminated:
                  exitCode: 2
        """,
        [
            "Error Active pod.init_failed pod/batch-x9f2k at 12-13, 16, 10, 8, 4",
        ]);

    [Fact]
    public void Nodes_report_whether_they_are_ready_under_pressure_or_without_room() => Analysed.Tells(
        new DocumentAnalyzer(TimeProvider.System),
        """
        {"nodes": [
          {"name": "n1", "ready": "True", "memory_pressure": "False", "disk_pressure": "False"},
          {"name": "n2", "ready": "Unknown", "memory_pressure": "False",
           "disk_pressure": "True"},
          {"name": "n3", "ready": "True",
           "allocatable_cpu": "50m", "capacity_cpu": "8"}
        ]}
        """,
        [
            "Critical Active node.not_ready node/n2 at 3-4",
            "Error Active node.pressure node/n2 at 3-4",
            "Warning Active node.capacity_low node/n3 at 5-6",
        ]);

    [Fact]
    public void Workloads_quotas_claims_autoscalers_jobs_and_endpoints_are_read() => Analysed.Tells(
        new DocumentAnalyzer(TimeProvider.System),
        """
        {"items": [
          {"kind": "Deployment", "metadata": {"name": "shop",
           "annotations": {"kubernetes.io/change-cause": "kubectl rollout undo deployment/shop"}},
           "spec": {"replicas": 3},
           "status": {"readyReplicas": 1, "availableReplicas": 1,
            "conditions": [
             {"type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded",
              "message": "ReplicaSet \"shop-1\" has timed out progressing."}]}},
          {"kind": "ResourceQuota", "metadata": {"name": "team-a"},
           "status": {"hard": {"limits.cpu": "10"}, "used": {"limits.cpu": "10"}}},
          {"kind": "PersistentVolumeClaim", "metadata": {"name": "data-0"}, "status": {"phase": "Pending"}},
          {"kind": "HorizontalPodAutoscaler", "metadata": {"name": "shop"},
           "spec": {"maxReplicas": 6}, "status": {"currentReplicas": 6}},
          {"kind": "Job", "metadata": {"name": "nightly"},
           "status": {"failed": 4, "conditions": [{"type": "Failed", "status": "True", "reason": "BackoffLimitExceeded",
            "message": "Job has reached the specified backoff limit"}]}},
          {"kind": "Endpoints", "metadata": {"name": "shop"}, "subsets": []}
        ]}
        """,
        [
            "Error Active deployment.rollout_stuck deployment/shop at 7-8, 2",
            "Error Active deployment.unavailable deployment/shop at 4-5, 2",
            "Error Active volume_claim.pending volume_claim/data-0 at 11",
            "Error Active job.failed job/nightly at 14-16",
            "Error Active service.no_endpoints service/shop at 17",
            "Warning Active quota.exceeded quota/team-a at 9-10",
            "Warning Active autoscaler.limited autoscaler/shop at 12-13",
            "Info Active deployment.rolled_back deployment/shop at 2-3",
        ]);

    [Fact]
    public void A_template_of_a_volume_claim_is_not_a_claim_that_waits() => Assert.DoesNotContain(
        Analysed.Signals(
            new DocumentAnalyzer(TimeProvider.System),
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata:
              name: ledger
            spec:
              replicas: 3
              volumeClaimTemplates:
              - apiVersion: v1
                kind: PersistentVolumeClaim
                metadata:
                  name: data
                spec:
                  accessModes: [ReadWriteOnce]
                status:
                  phase: Pending
            status:
              replicas: 3
              readyReplicas: 3
            """),
        signal => signal.Kind == "volume_claim.pending");
}
