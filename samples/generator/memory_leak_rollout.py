"""Version 3.8.0 of catalogue search keeps every result it ever computed; its pods grow until the kernel kills them."""
import datetime

from incident import (Incident, alertmanager, deployment, event, iso, json_line, object_list, pod, syslog, utc)

START = utc(2026, 4, 21, 8, 30)
ROLLOUT = utc(2026, 4, 21, 9, 2)
END = utc(2026, 4, 21, 11, 0)
LIFE = datetime.timedelta(minutes=17)
LIMIT = 512

PODS = ("catalogue-search-79d5b8f6c4-2wqgh", "catalogue-search-79d5b8f6c4-kd7xs")


def write():
    incident = Incident("memory-leak-rollout", 20260421)
    incident.write_lines("catalogue-search.jsonl", search_log(incident))
    incident.write_lines("worker-4-syslog.log", node_log(incident))
    incident.write_csv("metrics.csv", METRICS, list(metrics(incident)))
    incident.write_json("deploys.json", {"deployments": list(deploys())})
    incident.write_json("pods.json", object_list(list(pods())))
    incident.write_json("deployments.json", object_list([deployment(
        "search", "catalogue-search", "registry.larkspur.example/catalogue-search:3.8.0", 2, 1, 64, ROLLOUT, "catalogue-search 3.8.0")]))
    incident.write_json("events.json", object_list(list(events())))
    incident.write_json("alert.json", alertmanager(
        "firing", "PodRestartingOften", "critical", {"namespace": "search", "deployment": "catalogue-search"},
        "catalogue-search restarts again and again", "Containers of catalogue-search were restarted 6 times within 2 hours (threshold 3).",
        utc(2026, 4, 21, 10, 20)))


def kills():
    """When the first pod is killed; the second follows four minutes later each time."""
    time = ROLLOUT + LIFE
    while time < END:
        yield time
        time += LIFE


def search_log(incident):
    draw = incident.random
    for time in incident.times(START, END, 2.4):
        name, version = PODS[draw.randint(0, 1)], "3.8.0" if time >= ROLLOUT else "3.7.4"
        fields = {"service": "catalogue-search", "version": version, "pod": name if time >= ROLLOUT else "catalogue-search-6c4d7b9f58-old"}
        entries = entries_kept(time)
        if time >= ROLLOUT and entries > 210_000 and draw.random() < 0.2:
            yield time, json_line(time, "WARN", f"Garbage collection paused the process for {draw.randint(900, 2400)} ms", **fields)
        elif draw.random() < 0.05 and time >= ROLLOUT:
            yield time, json_line(time, "INFO", f"Result cache holds {entries} entries, no limit set", **fields)
        else:
            yield time, json_line(time, "INFO", f"Search answered in {draw.randint(6, 60)} ms with {draw.randint(0, 120)} hits", **fields)

    for kill in kills():
        restart = kill + datetime.timedelta(seconds=9)
        yield restart, json_line(restart, "INFO", "catalogue-search 3.8.0 starting, result cache enabled without a limit",
                                 service="catalogue-search", version="3.8.0", pod=PODS[0])
    time = utc(2026, 4, 21, 8, 41, 7)
    yield time, json_line(time, "ERROR", "Index segment 17 could not be read, reading its replica", service="catalogue-search", version="3.7.4",
                          pod="catalogue-search-6c4d7b9f58-old")


def entries_kept(time):
    if time < ROLLOUT:
        return 0
    return int((time - ROLLOUT) % LIFE / LIFE * 260_000)


def node_log(incident):
    draw = incident.random
    for time in incident.times(START, END, 24):
        yield time, syslog(time, "worker-4", "systemd[1]", draw.choice((
            "Started Session 311 of user ops.", "logrotate.service: Deactivated successfully.", "Finished Daily man-db regeneration.")))
    for kill in kills():
        process = draw.randint(20_000, 60_000)
        yield kill, syslog(kill, "worker-4", "kernel", f"Memory cgroup out of memory: Killed process {process} (dotnet) total-vm:2210332kB, "
                           f"anon-rss:{LIMIT * 1024 - draw.randint(300, 900)}kB, file-rss:0kB, shmem-rss:0kB, UID:1000 oom_score_adj:936")
    time = utc(2026, 4, 21, 9, 31, 12)
    yield time, syslog(time, "worker-4", "sshd[2210]", "Accepted publickey for mira.holt from 198.51.100.23 port 50112 ssh2")


METRICS = ("timestamp", "search_memory_mib", "search_memory_limit_mib", "search_cpu_percent", "search_p99_latency_ms", "search_requests_per_second",
           "node_worker_4_memory_percent", "index_disk_percent")


def metrics(incident):
    draw = incident.random
    time = START
    while time < END:
        if time < ROLLOUT:
            memory = draw.randint(188, 204)
        else:
            memory = min(LIMIT, int(190 + (time - ROLLOUT) % LIFE / LIFE * 325))
        yield (iso(time), memory, LIMIT, draw.randint(20, 31), draw.randint(70, 110) if memory < 480 else draw.randint(900, 2600),
               draw.randint(36, 44), draw.randint(55, 61), 47)
        time += datetime.timedelta(minutes=1)


def deploys():
    for deployed, version, previous, author, description in (
            (utc(2026, 4, 2, 7, 5), "3.7.4", "3.7.3", "mira.holt@larkspur.example", "Rank exact titles first"),
            (ROLLOUT, "3.8.0", "3.7.4", "sam.okoro@larkspur.example", "Keep search results in memory; apiKey=FAKE-not-a-real-key stays")):
        yield {"service": "catalogue-search", "version": version, "previous_version": previous, "deployed_at": iso(deployed),
               "author": author, "status": "succeeded", "description": description}


def pods():
    last = list(kills())[-1]
    killed = {"terminated": {"reason": "OOMKilled", "exitCode": 137, "startedAt": iso(last - LIFE), "finishedAt": iso(last)}}
    image = "registry.larkspur.example/catalogue-search:3.8.0"
    yield pod("search", "catalogue-search", PODS[0], "worker-4", image, ROLLOUT, "512Mi", restarts=6, ready=False, last_state=killed, state={
        "waiting": {"reason": "CrashLoopBackOff", "message": f"back-off 5m0s restarting failed container=catalogue-search pod={PODS[0]}_search"}})
    yield pod("search", "catalogue-search", PODS[1], "worker-5", image, ROLLOUT, "512Mi", restarts=5, last_state=killed)
    yield pod("search", "indexer", "indexer-6d8f9b7c55-vn2pl", "worker-5", "registry.larkspur.example/indexer:1.12.0", utc(2026, 4, 2, 7, 0), "256Mi")


def events():
    yield event("search", "Deployment", "catalogue-search", "Normal", "ScalingReplicaSet",
                "Scaled up replica set catalogue-search-79d5b8f6c4 to 2", ROLLOUT, source="deployment-controller")
    for name in PODS:
        yield event("search", "Pod", name, "Normal", "Pulled", 'Container image "registry.larkspur.example/catalogue-search:3.8.0" pulled', ROLLOUT)
        yield event("search", "Pod", name, "Warning", "BackOff", "Back-off restarting failed container catalogue-search",
                    ROLLOUT + LIFE, END - datetime.timedelta(minutes=2), count=41)
    yield event("search", "Node", "worker-4", "Warning", "OOMKilling", "Memory cgroup out of memory: Killed process 41822 (dotnet)",
                ROLLOUT + LIFE, END - datetime.timedelta(minutes=3), count=6, source="kernel-monitor")
