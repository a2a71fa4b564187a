using FaultMaven.Data.Analysis.Documents;

namespace FaultMaven.Data.Tests.Extraction;

public sealed class ReadingEvents
{
    [Fact]
    public void An_event_means_what_its_reason_and_message_say() => Analysed.Tells(
        new DocumentAnalyzer(TimeProvider.System),
        """
        {"items": [
          {"kind": "Event", "type": "Warning", "reason": "FailedScheduling", "message": "0/3 nodes are available: 3 Insufficient cpu.",
           "involvedObject": {"kind": "Pod", "name": "shop-1"}, "count": 7, "firstTimestamp": "2024-05-01T10:00:00Z",
           "lastTimestamp": "2024-05-01T10:06:00Z"},
          {"kind": "Event", "type": "Warning", "reason": "Failed", "message": "Failed to pull image \"registry.example/shop:9\": not found",
           "involvedObject": {"kind": "Pod", "name": "shop-2"}, "count": 2, "lastTimestamp": "2024-05-01T10:01:00Z"},
          {"kind": "Event", "type": "Warning", "reason": "FailedMount",
           "message": "MountVolume.SetUp failed for volume \"settings\" : configmap \"shop-settings\" not found",
           "involvedObject": {"kind": "Pod", "name": "shop-3"}, "lastTimestamp": "2024-05-01T10:02:00Z"},
          {"kind": "Event", "type": "Warning", "reason": "Unhealthy",
           "message": "Readiness probe failed: HTTP probe failed with statuscode: 503",
           "involvedObject": {"kind": "Pod", "name": "shop-4"}, "count": 12, "lastTimestamp": "2024-05-01T10:03:00Z"},
          {"kind": "Event", "type": "Warning", "reason": "FailedCreate",
           "message": "Error creating: pods \"shop-9\" is forbidden: exceeded quota: team-a, requested: cpu=2, used: cpu=9, limited: cpu=9",
           "involvedObject": {"kind": "ReplicaSet", "name": "shop-9"}, "lastTimestamp": "2024-05-01T10:04:00Z"},
          {"kind": "Event", "type": "Normal", "reason": "ScalingReplicaSet", "message": "Scaled up replica set shop-9 to 5",
           "involvedObject": {"kind": "Deployment", "name": "shop"}, "lastTimestamp": "2024-05-01T09:59:00Z"},
          {"kind": "Event", "type": "Normal", "reason": "Pulled", "message": "Container image already present",
           "involvedObject": {"kind": "Pod", "name": "shop-4"}, "lastTimestamp": "2024-05-01T09:00:00Z"}
        ]}
        """,
        [
            "Error Active pod.unschedulable pod/shop-1 at 2-4",
            "Error Active pod.image_pull_failed pod/shop-2 at 5-6",
            "Error Active pod.config_missing pod/shop-3 at 7-9",
            "Error Active pod.probe_failing pod/shop-4 at 10-12",
            "Error Active quota.exceeded replicaset/shop-9 at 13-15",
            "Info Active deployment.changed deployment/shop at 16-17",
        ]);

    [Fact]
    public void What_a_platform_says_is_joined_into_what_happened() => Analysed.Tells(
        new DocumentAnalyzer(TimeProvider.System),
        """
        {"events": [
          {"date": "2024-05-01T01:00:00Z", "message": "Backing up DB instance", "source_identifier": "ledger",
           "event_categories": ["backup"]},
          {"date": "2024-05-01T10:00:00Z", "message": "Failover of the instance was started", "source_identifier": "ledger",
           "event_categories": ["failover"]},
          {"date": "2024-05-01T10:01:00Z", "message": "Failover to the standby completed", "source_identifier": "ledger",
           "event_categories": ["failover"]},
          {"date": "2024-05-01T11:00:00Z", "message": "Free storage is critically low: 1 GB remaining", "source_identifier": "ledger",
           "event_categories": ["low storage"]},
          {"date": "2024-05-01T11:05:00Z", "message": "Allocated storage has been increased to 200 GB", "source_identifier": "ledger",
           "event_categories": ["configuration change"]},
          {"date": "2024-05-01T12:00:00Z", "message": "Updated parameter max_connections from 500 to 20", "source_identifier": "ledger",
           "event_categories": ["configuration change"]},
          {"date": "2024-05-01T13:00:00Z", "message": "The replica is behind its source by 900 seconds", "source_identifier": "ledger-ro",
           "event_categories": ["read replica"]}
        ]}
        """,
        [
            "Error Recovered platform.failover instance/ledger at 4-7",
            "Error Recovered platform.storage_low instance/ledger at 8-9",
            "Warning Active config.changed instance/ledger at 12-13",
            "Warning Active platform.replication_lagging instance/ledger-ro at 14-15",
            "Info Normal platform.routine instance/ledger at 2-3",
            "Info Recovered platform.storage_scaled instance/ledger at 10-11",
        ]);

    [Fact]
    public void A_history_of_deployments_tells_changes_and_rollbacks() => Analysed.Tells(
        new DocumentAnalyzer(TimeProvider.System),
        """
        {"deploys": [
          {"service": "web", "version": "1.4.2", "previous_version": "1.4.1", "deployed_at": "2024-05-01T09:58:00Z", "author": "ana"},
          {"service": "web", "version": "1.4.1", "deployed_at": "2024-05-01T10:20:00Z", "author": "ana", "description": "rolled back"}]}
        """,
        [
            "Info Active deploy.changed deployment/web at 2",
            "Info Recovered deployment.rolled_back deployment/web at 3",
        ]);

    [Fact]
    public void A_quota_that_wants_limits_stated_is_not_used_up()
    {
        var signal = Assert.Single(Analysed.Signals(
            new DocumentAnalyzer(TimeProvider.System),
            """
            {"items": [
              {"kind": "Event", "type": "Warning", "reason": "FailedCreate",
               "message": "pods \"shop-9\" is forbidden: failed quota: team-a: must specify limits.cpu for: shop; limits.memory for: shop",
               "involvedObject": {"kind": "ReplicaSet", "name": "shop-9"}, "lastTimestamp": "2024-05-01T10:04:00Z"}
            ]}
            """));

        Assert.Equal("pod.config_missing", signal.Kind);
        Assert.Equal("limits.cpu", signal.Attributes["object"]);
    }
}
