using System.Text;
using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using Grpc.Core;
using static FaultMaven.Data.Tests.Evidence.SampleCluster;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Evidence;

public sealed class GettingTheGraph(DataHost host)
{
    [Fact]
    public async Task Relates_what_manifests_declare()
    {
        var graph = await GraphOf(("manifests.yaml", Manifests));

        Has(graph, RelationType.ConfiguredBy, "deployment/garden/basket", "secret/garden/basket-db", "DB_PASSWORD from key password");
        Has(graph, RelationType.ConfiguredBy, "deployment/garden/basket", "config_map/garden/basket-settings", "envFrom");
        Has(graph, RelationType.ConfiguredBy, "deployment/garden/basket", "service_account/garden/basket-runner");
        Has(graph, RelationType.Mounts, "deployment/garden/basket", "config_map/garden/basket-rules");
        Has(graph, RelationType.Mounts, "deployment/garden/basket", "volume_claim/garden/basket-stock");
        Has(graph, RelationType.Mounts, "volume_claim/garden/basket-stock", "volume/pv-118");
        Has(graph, RelationType.ConfiguredBy, "volume_claim/garden/basket-stock", "storage_class/fast");
        Has(graph, RelationType.RoutesTo, "ingress/garden/front", "service/garden/basket", "shop.example/basket to port 80");
        Has(graph, RelationType.RoutesTo, "validating_webhook_configuration/guard", "service/platform/guard");
        Has(graph, RelationType.GrantedTo, "role/garden/reader", "service_account/garden/basket-runner", "by basket-reads");
        Has(graph, RelationType.Scales, "autoscaler/garden/basket", "deployment/garden/basket");

        var called = Has(graph, RelationType.Calls, "deployment/garden/basket", "service/garden/basket-cache", "port 6379");
        Assert.Equal("value: basket-cache:6379", called.Citation.Quote);
        Assert.True(Object(graph, "service/garden/basket-cache").Described);
        Assert.False(Object(graph, "secret/garden/basket-db").Described);
        Assert.False(graph.Truncated);
    }

    [Fact]
    public async Task Shows_what_a_selector_misses_and_which_class_is_not_there()
    {
        var graph = await GraphOf(("manifests.yaml", Manifests), ("pods.json", Pods));

        var missed = Has(graph, RelationType.Selects, "service/garden/basket-cache", "pod/garden/basket-cache-0", "app=redis-cache");
        Assert.True(missed.Unmet);
        var port = Has(graph, RelationType.Selects, "service/garden/basket", "pod/garden/basket-6c9f7d5b8-x2x7q", "port 7171");
        Assert.False(port.Unmet);
        Assert.True(Has(graph, RelationType.ConfiguredBy, "ingress/garden/front", "ingress_class/nginx-internal", "nginx-public").Unmet);
        Has(graph, RelationType.Selects, "network_policy/garden/only-front", "pod/garden/basket-6c9f7d5b8-x2x7q", "limits ingress");
        Assert.All(graph.Relations.Take(2), relation => Assert.True(relation.Unmet));
    }

    [Fact]
    public async Task Follows_owners_and_nodes_of_pods()
    {
        var graph = await GraphOf(("pods.json", Pods));

        Has(graph, RelationType.RunsOn, "pod/garden/basket-6c9f7d5b8-x2x7q", "node/worker-4");
        Has(graph, RelationType.Owns, "replica_set/garden/basket-6c9f7d5b8", "pod/garden/basket-6c9f7d5b8-x2x7q");
        Has(graph, RelationType.Owns, "deployment/garden/basket", "replica_set/garden/basket-6c9f7d5b8");
        var pod = Object(graph, "pod/garden/basket-6c9f7d5b8-x2x7q");
        Assert.Equal(("Running, not ready", "10.8.4.21"), (pod.State, Assert.Single(pod.Aliases)));
        Assert.Equal("10.0.0.4", Assert.Single(Object(graph, "node/worker-4").Aliases));
    }

    [Fact]
    public async Task Reads_what_kubectl_prints()
    {
        var graph = await GraphOf(
            ("cluster.txt",
            """
            $ kubectl get pods -n garden -o wide
            NAME                    READY   STATUS             RESTARTS      AGE   IP           NODE       NOMINATED NODE   READINESS GATES
            basket-0                0/1     CrashLoopBackOff   8 (2m ago)    26m   10.8.4.21    worker-4   <none>           <none>
            basket-1                1/1     Running            0             26m   10.8.2.9     worker-2   <none>           <none>

            $ kubectl get svc,endpoints -n garden -o wide
            NAME             TYPE        CLUSTER-IP    EXTERNAL-IP   PORT(S)    AGE   SELECTOR
            service/basket   ClusterIP   10.96.14.80   <none>        80/TCP     9d    app=basket

            NAME               ENDPOINTS   AGE
            endpoints/basket   <none>      9d

            $ kubectl describe pod basket-0 -n garden
            Name:             basket-0
            Namespace:        garden
            Node:             worker-4/10.0.0.4
            Labels:           app=baskets
                              statefulset.kubernetes.io/pod-name=basket-0
            Status:           Running
            IP:               10.8.4.21
            Controlled By:    StatefulSet/basket
            Containers:
              basket:
                Image:          registry.example/basket:3.1
                State:          Waiting
                  Reason:       CrashLoopBackOff
                Environment Variables from:
                  basket-settings  ConfigMap  Optional: false
                Environment:
                  DB_PASSWORD:  <set to the key 'password' in secret 'basket-db'>  Optional: false
                  LEDGER_URL:   http://ledger.books.svc:8080/api
                Mounts:
                  /data from data (rw)
            Volumes:
              data:
                Type:       PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)
                ClaimName:  data-basket-0
                ReadOnly:   false

            """));

        Has(graph, RelationType.RunsOn, "pod/garden/basket-0", "node/worker-4");
        Has(graph, RelationType.RunsOn, "pod/garden/basket-1", "node/worker-2");
        Has(graph, RelationType.Owns, "stateful_set/garden/basket", "pod/garden/basket-0");
        Has(graph, RelationType.Mounts, "pod/garden/basket-0", "volume_claim/garden/data-basket-0");
        Has(graph, RelationType.ConfiguredBy, "pod/garden/basket-0", "config_map/garden/basket-settings", "envFrom");
        Has(graph, RelationType.ConfiguredBy, "pod/garden/basket-0", "secret/garden/basket-db", "DB_PASSWORD");
        Has(graph, RelationType.Calls, "pod/garden/basket-0", "host/ledger.books.svc", "LEDGER_URL");
        Assert.True(Has(graph, RelationType.Selects, "service/garden/basket", "pod/garden/basket-0", "app=baskets").Unmet);
        Assert.Equal("no endpoints", Object(graph, "service/garden/basket").State);
        Assert.Contains("CrashLoopBackOff", Object(graph, "pod/garden/basket-0").State, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tells_the_caller_from_the_called_in_logs()
    {
        var graph = await GraphOf(
            ("edge.log",
            """
            2026-03-02T10:00:01Z ERROR upstream timed out, client: 192.0.2.10, server: shop.example, upstream: "http://198.51.100.20:8080/a"
            2026-03-02T10:00:02Z INFO listening on 0.0.0.0:8443
            2026-03-02T10:00:03Z WARN read tcp 10.0.0.5:41210->10.0.0.9:5432: i/o timeout
            2026-03-02T10:00:04Z WARN write tcp 10.0.0.5:8443->10.0.0.77:52110: broken pipe
            2026-03-02T10:00:05Z ERROR dial tcp: lookup ledger.books.svc on 10.96.0.10:53: no such host
            2026-03-02T10:00:06Z INFO accepted connection from 192.0.2.44:50112
            2026-03-02T10:00:07Z ERROR at handle (server.js:1042) order 12:30:15 took 99:1200 key=item:5000
            2026-03-02T10:00:08Z ERROR dial tcp 10.0.0.9:5432: connect: connection refused
            2026-03-02T10:00:09Z INFO 192.0.2.45:57346 front~ seats/seat-2 0/0/1 200 763
            2026-03-02T10:00:10Z ERROR connect() to http://unix:/run/seats.sock:/a failed

            """));

        Has(graph, RelationType.Calls, "file/edge.log", "host/198.51.100.20", "port 8080");
        Assert.Equal(2, Has(graph, RelationType.Calls, "file/edge.log", "host/10.0.0.9").Count);
        Has(graph, RelationType.Calls, "host/192.0.2.10", "file/edge.log");
        Has(graph, RelationType.Calls, "host/10.0.0.77", "file/edge.log");
        Has(graph, RelationType.Calls, "host/192.0.2.44", "file/edge.log");
        Has(graph, RelationType.Calls, "file/edge.log", "host/ledger.books.svc");
        Has(graph, RelationType.ResolvesBy, "file/edge.log", "host/10.96.0.10");
        Has(graph, RelationType.Calls, "host/192.0.2.45", "file/edge.log");
        Assert.Equal(8, graph.Relations.Count);
    }

    [Fact]
    public async Task Gives_one_thing_one_identity_in_all_files()
    {
        var graph = await GraphOf(
            ("pods.json", Pods),
            ("manifests.yaml", Manifests),
            ("basket-6c9f7d5b8-x2x7q.log",
                "2026-03-02T10:00:01Z ERROR dial tcp basket-cache.garden.svc:6379: refused\n2026-03-02T10:00:02Z INFO ok\n"),
            ("front.log", "2026-03-02T10:00:01Z ERROR upstream: http://10.8.4.21:7070/items gave 502\n2026-03-02T10:00:02Z INFO ok\n"),
            ("rack.log", "2026-03-02T10:00:01Z ERROR dial tcp <IP_ADDRESS_7>:5432: refused\n2026-03-02T10:00:02Z INFO ok\n"));

        Has(graph, RelationType.Calls, "pod/garden/basket-6c9f7d5b8-x2x7q", "service/garden/basket-cache");
        Has(graph, RelationType.Calls, "file/front.log", "pod/garden/basket-6c9f7d5b8-x2x7q");
        Has(graph, RelationType.Calls, "file/rack.log", "host/<IP_ADDRESS_7>", "port 5432");
        var pod = Object(graph, "pod/garden/basket-6c9f7d5b8-x2x7q");
        Assert.Contains("basket-6c9f7d5b8-x2x7q.log", pod.Aliases);
        Assert.Equal(2, pod.Citations.Select(citation => citation.FileName).Distinct().Count());
        Assert.Contains("basket-cache.garden.svc", Object(graph, "service/garden/basket-cache").Aliases);
    }

    [Fact]
    public async Task Reads_calls_from_traces_compose_files_settings_and_units()
    {
        var graph = await GraphOf(
            ("trace.json",
            """
            {"data":[{"traceID":"t1","processes":{"p1":{"serviceName":"gate"},"p2":{"serviceName":"seats"}},"spans":[
            {"traceID":"t1","spanID":"a","operationName":"GET /seats","processID":"p1","startTime":1772445600000000,"duration":900000},
            {"traceID":"t1","spanID":"b","references":[{"spanID":"a"}],"operationName":"find","processID":"p2",
            "startTime":1772445600100000,"duration":700000}]}]}

            """),
            ("compose.yaml",
            """
            services:
              seats:
                image: seats:4
                depends_on: [seats-db]
                environment:
                  DATABASE_URL: postgres://seats@seats-db:5432/seats
                volumes:
                  - seat-maps:/maps
              seats-db:
                image: postgres:16

            """),
            ("printer.service",
            """
            [Unit]
            Description=Ticket printer
            After=network-online.target
            Requires=cups.service

            [Service]
            EnvironmentFile=/etc/printer/printer.env
            ExecStart=/usr/bin/printer --api http://gate:8080

            """),
            ("balancer.cfg", "backend seats\n    server seat-1 192.0.2.61:8080 check\n    server seat-2 seat-2.example:8080 check\n"),
            ("resolver.conf", "nameserver 192.0.2.53\nbackend_host = vault-2.example\n"));

        Has(graph, RelationType.Calls, "service/gate", "service/seats", "find");
        Has(graph, RelationType.DependsOn, "service/seats", "service/seats-db");
        Has(graph, RelationType.Calls, "service/seats", "service/seats-db", "DATABASE_URL, port 5432");
        Has(graph, RelationType.Mounts, "service/seats", "volume/seat-maps");
        Has(graph, RelationType.DependsOn, "unit/printer.service", "unit/cups.service", "Requires");
        Has(graph, RelationType.ConfiguredBy, "unit/printer.service", "file/printer.env");
        Has(graph, RelationType.Calls, "unit/printer.service", "service/gate", "8080");
        Has(graph, RelationType.Calls, "file/balancer.cfg", "host/192.0.2.61", "port 8080");
        Has(graph, RelationType.Calls, "file/balancer.cfg", "host/seat-2.example", "port 8080");
        Has(graph, RelationType.ResolvesBy, "file/resolver.conf", "host/192.0.2.53");
        Has(graph, RelationType.Calls, "file/resolver.conf", "host/vault-2.example");
    }

    [Fact]
    public async Task Cites_lines_that_say_it()
    {
        var parent = NewCase();
        await host.Client.UploadAsync(parent, "manifests.yaml", Manifests);
        await host.Client.UploadAsync(parent, "pods.json", Pods);
        var graph = await host.Client.GetCaseGraphAsync(new() { Parent = parent }, cancellationToken: Cancel);

        foreach (var citation in graph.Relations.Select(relation => relation.Citation)
            .Concat(graph.Objects.SelectMany(each => each.Citations)))
        {
            var lines = await host.Client.ReadEvidenceLinesAsync(
                new() { Name = citation.Evidence, StartLine = citation.StartLine, EndLine = citation.EndLine }, cancellationToken: Cancel);
            Assert.StartsWith(citation.Quote.TrimEnd('…'), lines.Lines[0].Trim(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Bounds_what_it_returns()
    {
        var pods = string.Concat(Enumerable.Range(0, 1_500).Select(i =>
            $"---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: seat-{i}\nspec:\n  nodeName: worker-{i % 7}\n"));

        var graph = await GraphOf(("pods.yaml", pods));

        Assert.True(graph.Truncated);
        Assert.Equal(1_000, graph.Objects.Count);
        var ids = graph.Objects.Select(each => each.Id).ToHashSet();
        Assert.All(graph.Relations, relation => Assert.True(ids.Contains(relation.From) && ids.Contains(relation.To)));
    }

    [Fact]
    public async Task Counts_what_a_long_log_repeats()
    {
        var log = new StringBuilder();
        for (var i = 0; i < 120_000; i++)
        {
            log.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"2026-03-02T10:{i / 3600 % 60:00}:{i / 60 % 60:00}.{i % 60:000}Z INFO item {i} is http://depot.example:8080/i/{i}\n");
        }

        var relation = Assert.Single((await GraphOf(("depot-reader.log", log.ToString()))).Relations);

        Assert.Equal(("file/depot-reader.log", "host/depot.example", 120_000L), (relation.From, relation.To, relation.Count));
    }

    [Fact]
    public async Task Is_empty_for_a_case_without_evidence()
    {
        var graph = await GraphOf();

        Assert.Empty(graph.Objects);
        Assert.Empty(graph.Relations);
    }

    [Fact]
    public async Task Refuses_what_is_not_a_case()
    {
        var fault = await Assert.ThrowsAsync<RpcException>(
            () => host.Client.GetCaseGraphAsync(new() { Parent = "case/1" }, cancellationToken: Cancel).ResponseAsync);

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
    }

    private async Task<CaseGraph> GraphOf(params (string Name, string Content)[] files)
    {
        var parent = NewCase();
        foreach (var (name, content) in files)
        {
            await host.Client.UploadAsync(parent, name, content);
        }

        return await host.Client.GetCaseGraphAsync(new() { Parent = parent }, cancellationToken: Cancel);
    }

    private static ObjectRelation Has(CaseGraph graph, RelationType type, string from, string to, string detail = "")
    {
        var found = graph.Relations.FirstOrDefault(relation => relation.Type == type && relation.From == from && relation.To == to);
        Assert.True(found is not null && found.Detail.Contains(detail, StringComparison.Ordinal),
            $"{from} {type} {to} ({detail}) is not among:\n"
            + string.Join('\n', graph.Relations.Select(relation => $"{relation.From} {relation.Type} {relation.To} ({relation.Detail})")));
        return found;
    }

    private static CaseObject Object(CaseGraph graph, string id) => Assert.Single(graph.Objects, each => each.Id == id);
}
