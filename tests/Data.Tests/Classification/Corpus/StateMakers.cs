using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Tests.Classification.Corpus;

/// <summary>Makes settings, state of clusters, events, output of commands and what databases say of their work.</summary>
internal static class StateMakers
{
    public static IReadOnlyList<SampleMaker> All { get; } =
    [
        new(
            EvidenceType.Config, "yaml", ["values.yaml", "app.yml"],
            random => $"image:\n  repository: shop/{random.Service()}\n  tag: \"1.{random.Next(9)}\"\nreplicas: {random.Next(9)}\n"
                + $"{random.Lines(1, 6, i => $"{random.Service()}{i}:\n  timeout: {random.Next(60)}s\n  enabled: true")}"),
        new(
            EvidenceType.Config, "properties", ["app.properties"],
            random => random.Lines(3, 15, i => $"shop.{random.Service()}.{random.Of("host", "timeout", "pool.size")}={random.Next(1000)}")),
        new(
            EvidenceType.Config, "ini", ["my.ini", "app.cfg"],
            random => random.Lines(
                2, 5, i => $"[{random.Service()}{i}]\n{random.Of("size", "timeout", "retries")} = {random.Next(100)}\nhost = db-{i}")),
        new(
            EvidenceType.Config, "env", [".env"],
            random => random.Lines(
                3, 12, i => $"{random.Service().ToUpperInvariant()}_{random.Of("HOST", "PORT", "TIMEOUT")}={random.Next(9999)}")),
        new(
            EvidenceType.Config, "json", ["appsettings.json"],
            random => $"{{\"{random.Service()}\":{{\"Host\":\"db-1\",\"Timeout\":{random.Next(60)},\"Retries\":{random.Next(5)}}},"
                + "\"Features\":[\"a\",\"b\"]}"),
        new(
            EvidenceType.Config, "toml", ["app.toml"],
            random => $"title = \"{random.Service()}\"\n[pool]\nsize = {random.Next(90)}\n[pool.timeouts]\nread = \"{random.Next(9)}s\"\n"),
        new(
            EvidenceType.Config, "xml", ["web.config"],
            random => "<?xml version=\"1.0\"?>\n<configuration>\n  <appSettings>\n"
                + $"{random.Lines(2, 6, i => $"    <add key=\"{random.Service()}{i}\" value=\"{random.Next(99)}\" />")}  </appSettings>\n"
                + "</configuration>\n"),
        new(
            EvidenceType.Config, "nginx", ["nginx.conf"],
            random => $"worker_processes {random.Next(1, 9)};\nhttp {{\n    server {{\n        listen 80;\n"
                + $"        server_name {random.Service()}.example;\n        location / {{\n"
                + $"            proxy_pass http://{random.Service()}:8080;\n            proxy_read_timeout {random.Next(60)}s;\n"
                + "        }\n    }\n}\n"),
        new(
            EvidenceType.Config, "manifest", ["deployment.yaml"],
            random => $"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {random.Service()}\nspec:\n  replicas: {random.Next(9)}\n"
                + $"  template:\n    spec:\n      containers:\n        - name: web\n          image: shop/web:1.{random.Next(9)}\n"),
        new(
            EvidenceType.Config, "diff", ["change.diff"],
            random => $"--- a/{random.Service()}.yaml\n+++ b/{random.Service()}.yaml\n@@ -1,3 +1,3 @@\n database:\n"
                + $"-  pool_size: {random.Next(50, 90)}\n+  pool_size: {random.Next(1, 9)}\n   host: db-1\n"),

        new(
            EvidenceType.ClusterState, "pods json", ["pods.json"],
            random => """{"apiVersion":"v1","kind":"List","items":["""
                + string.Join(
                    ',',
                    Enumerable.Range(0, random.Next(1, 4))
                        .Select(i =>
                            $"{{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{{\"name\":\"{random.Pod()}\"}},"
                                + "\"status\":{\"phase\":\"Running\",\"containerStatuses\":[{\"name\":\"web\",\"ready\":true,"
                                + $"\"restartCount\":{i},\"state\":{{\"running\":{{}}}}}}]}}}}"))
                + "]}"),
        new(
            EvidenceType.ClusterState, "deployment yaml", ["deployment.yaml"],
            random => $"apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: {random.Service()}\nspec:\n  replicas: 3\nstatus:\n"
                + $"  availableReplicas: {random.Next(3)}\n  replicas: 3\n"),
        new(
            EvidenceType.ClusterState, "nodes", ["nodes.json"],
            random => """{"nodes":["""
                + string.Join(
                    ',',
                    Enumerable.Range(0, random.Next(1, 4))
                        .Select(i => $"{{\"name\":\"node-{i}\",\"ready\":\"{random.Of("True", "False")}\",\"memory_pressure\":\"False\"}}"))
                + "]}"),

        new(
            EvidenceType.Events, "kubernetes", ["events.json"],
            random => """{"kind":"List","items":["""
                + string.Join(
                    ',',
                    Enumerable.Range(0, random.Next(1, 4))
                        .Select(i =>
                            "{\"apiVersion\":\"v1\",\"kind\":\"Event\",\"type\":\"Warning\","
                                + $"\"reason\":\"{random.Of("BackOff", "FailedScheduling", "Unhealthy")}\","
                                + $"\"message\":\"{random.Message()}\",\"count\":{random.Next(1, 9)},\"involvedObject\":{{\"kind\":\"Pod\","
                                + $"\"name\":\"{random.Pod()}\"}}}}"))
                + "]}"),
        new(
            EvidenceType.Events, "platform", ["events.json"],
            random => """{"Events":["""
                + string.Join(
                    ',',
                    Enumerable.Range(0, random.Next(1, 4))
                        .Select(i =>
                            $"{{\"SourceIdentifier\":\"db-{i}\","
                                + $"\"Message\":\"{random.Of("Backup finished", "DB instance restarted", "Failover started")}\","
                                + $"\"Date\":\"2024-05-01T10:0{i}:00Z\"}}"))
                + "]}"),
        new(
            EvidenceType.Events, "deploys", ["deploys.json"],
            random => """{"deployments":["""
                + string.Join(
                    ',',
                    Enumerable.Range(0, random.Next(1, 4))
                        .Select(i =>
                            $"{{\"service\":\"{random.Service()}\",\"version\":\"1.{i}\",\"deployed_at\":\"2024-05-01T10:0{i}:00Z\"}}"))
                + "]}"),

        new(
            EvidenceType.CommandOutput, "top", ["top.txt"],
            random => $"top - 10:00:00 up 10 days,  1 user,  load average: {random.Next(9)}.10, 0.20, 0.30\n"
                + $"%Cpu(s): {random.Next(90)}.0 us,  1.0 sy,  0.0 ni, 98.0 id\n\n"
                + "  PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND\n"
                + random.Lines(
                    2, 9, i => $" 42{i} app       20   0   20.0g  14.9g   1000 R  {random.Next(90)}.0  1.1  99:10.10 {random.Service()}")),
        new(
            EvidenceType.CommandOutput, "ps", ["ps.txt"],
            random => "USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n"
                + random.Lines(
                    2, 9, i => $"app         42{i} {random.Next(90)}.5  2.0 900000 800000 ?       Rl   10:00  50:00 {random.Service()}")),
        new(
            EvidenceType.CommandOutput, "df", ["df.txt"],
            random => "Filesystem      Size  Used Avail Use% Mounted on\n"
                + $"{random.Lines(1, 6, i => $"/dev/sd{(char)('a' + i)}1        50G   20G   30G  {random.Next(99)}% /data{i}")}"),
        new(
            EvidenceType.CommandOutput, "free", ["free.txt"],
            random => "              total        used        free      shared  buff/cache   available\n"
                + $"Mem:           15Gi        {random.Next(15)}Gi       1.0Gi       200Mi       4.0Gi       5.0Gi\n"
                + "Swap:         2.0Gi          0B       2.0Gi\n"),
        new(
            EvidenceType.CommandOutput, "vmstat", ["vmstat.txt"],
            random => "procs -----------memory---------- ---swap-- -----io---- -system-- ------cpu-----\n"
                + " r  b   swpd   free   buff  cache   si   so    bi    bo   in   cs us sy id wa st\n"
                + random.Lines(
                    2, 9, i => $" {i}  0      0 {random.Next(99999)}  20000 400000    0    0    10    20  100  200 10  5 80  5  0")),
        new(
            EvidenceType.CommandOutput, "netstat", ["netstat.txt"],
            random => "Active Internet connections (w/o servers)\n"
                + "Proto Recv-Q Send-Q Local Address           Foreign Address         State\n"
                + random.Lines(
                    2, 12, i => $"tcp        0      0 10.0.0.5:8080           10.0.0.7:{random.Next(40000, 60000)}          ESTABLISHED")),
        new(
            EvidenceType.CommandOutput, "kubectl get", ["pods.txt"],
            random => "NAME                    READY   STATUS             RESTARTS      AGE\n"
                + random.Lines(
                    1, 9,
                    i => $"{random.Pod(),-23} 1/1     {random.Of("Running", "CrashLoopBackOff"),-18} {random.Next(9)}             26m")),
        new(
            EvidenceType.CommandOutput, "kubectl describe", ["describe.txt"],
            random => $"Name:             {random.Pod()}\nNamespace:        shop\nNode:             node-{random.Next(9)}/10.0.0.1\n"
                + "Labels:           app=shop\nStatus:           Running\nContainers:\n  web:\n"
                + $"    Image:          shop/web:1.{random.Next(9)}\n    State:          Running\n    Ready:          True\n"
                + $"    Restart Count:  {random.Next(9)}\n"),
        new(
            EvidenceType.CommandOutput, "systemctl", ["status.txt"],
            random => $"● {random.Service()}.service - The {random.Service()} of the shop\n"
                + "     Loaded: loaded (/etc/systemd/system/shop.service; enabled)\n"
                + $"     Active: active (running) since Wed 2024-05-01 10:00:00 UTC; {random.Next(9)}h ago\n"
                + $"   Main PID: {random.Next(9999)} (java)\n"),

        new(
            EvidenceType.DatabaseLoad, "insights", ["load.json"],
            random => $"{{\"db_instance_identifier\":\"db-{random.Next(9)}\",\"db_load\":{{\"timestamps\":[\"2024-05-01T10:00:00Z\"],"
                + $"\"values\":[{random.Next(9)}]}},\"top_sql\":[{{\"statement\":\"SELECT * FROM {random.Service()}\","
                + $"\"db_load_avg\":{random.Next(9)}}}]}}"),
        new(
            EvidenceType.DatabaseLoad, "plan text", ["plan.txt"],
            random => "                         QUERY PLAN\n------------------------------------------------------------\n"
                + $" Seq Scan on {random.Service()}  (cost=0.00..{random.Next(9999)}.50 rows={random.Next(9999)} width=4)\n"
                + "   Filter: (status = 'open'::text)\n"),
        new(
            EvidenceType.DatabaseLoad, "plan json", ["plan.json"],
            random => $"[{{\"Plan\":{{\"Node Type\":\"Seq Scan\",\"Relation Name\":\"{random.Service()}\",\"Plan "
                + $"Rows\":{random.Next(9999)},\"Actual Rows\":1}}}}]"),
        new(
            EvidenceType.DatabaseLoad, "mysql plan", ["explain.json"],
            random => $"{{\"query_block\":{{\"select_id\":1,\"cost_info\":{{\"query_cost\":\"{random.Next(9999)}.00\"}},"
                + $"\"table\":{{\"table_name\":\"{random.Service()}\",\"access_type\":\"ALL\","
                + $"\"rows_examined_per_scan\":{random.Next(99999)}}}}}}}"),
        new(
            EvidenceType.DatabaseLoad, "slow log", ["slow.log"],
            random => random.Lines(
                1, 4,
                i => $"# Time: 2024-05-01T10:0{i}:00.000000Z\n# User@Host: shop[shop] @ localhost []\n"
                    + $"# Query_time: {random.Next(1, 90)}.5  Lock_time: 0.1 Rows_sent: 1  Rows_examined: {random.Next(99999)}\n"
                    + $"SET timestamp=1714557600;\nSELECT * FROM {random.Service()};")),
        new(
            EvidenceType.DatabaseLoad, "statements", ["statements.csv"],
            random => "query,calls,total_exec_time\n"
                + $"{random.Lines(2, 9, i => $"SELECT a{i} FROM {random.Service()},{random.Next(999)},{random.Next(99999)}.5")}"),
    ];
}
