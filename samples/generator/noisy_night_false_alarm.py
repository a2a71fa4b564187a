"""A planned node upgrade moves pods about at night; an alert fires, everything comes back by itself, and stays so."""
import datetime

from incident import (Incident, alertmanager, deployment, event, iso, json_line, logfmt, object_list, pod, syslog, utc)

START = utc(2026, 5, 6, 2, 0)
DRAIN = utc(2026, 5, 6, 3, 4)
BACK = utc(2026, 5, 6, 3, 11)
RESOLVED = utc(2026, 5, 6, 3, 16)
END = utc(2026, 5, 6, 5, 30)


def write():
    incident = Incident("noisy-night-false-alarm", 20260506)
    incident.write_lines("invoice-api.log", invoice_log(incident))
    incident.write_lines("ledger-worker.jsonl", ledger_log(incident))
    incident.write_lines("worker-7-syslog.log", node_log(incident))
    incident.write_csv("metrics.csv", METRICS, list(metrics(incident)))
    incident.write_json("pods.json", object_list(list(pods())))
    incident.write_json("deployments.json", object_list([
        deployment("billing", "invoice-api", "registry.larkspur.example/invoice-api:8.3.1", 2, 2, 52, utc(2026, 4, 28, 9, 0), "invoice-api 8.3.1"),
        deployment("billing", "ledger-worker", "registry.larkspur.example/ledger-worker:4.0.6", 2, 2, 33, utc(2026, 4, 17, 9, 0),
                   "ledger-worker 4.0.6")]))
    incident.write_json("events.json", object_list(list(events())))
    incident.write_json("alert.json", alertmanager(
        "resolved", "InvoiceApiErrors", "warning", {"namespace": "billing", "service": "invoice-api"},
        "invoice-api answered some requests with errors", "5xx ratio of invoice-api was 0.03 for 2 minutes (threshold 0.02).",
        utc(2026, 5, 6, 3, 9), RESOLVED))


def invoice_log(incident):
    draw = incident.random
    for time in incident.times(START, END, 5):
        yield time, logfmt(time, "info", draw.choice(("invoice read", "invoice listed", "invoice sent")), service="invoice-api",
                           customer=f"{draw.choice(('rowan', 'ines', 'tariq'))}@customer.example", status=200, duration_ms=draw.randint(9, 80))
    for time in incident.times(DRAIN + datetime.timedelta(minutes=2), BACK, 21):
        yield time, logfmt(time, "error", "connection to ledger refused, will try again", service="invoice-api", target="ledger:9090",
                           status=502, attempt=draw.randint(1, 3))
    yield BACK, logfmt(BACK, "info", "connection to ledger restored", service="invoice-api", target="ledger:9090")


def ledger_log(incident):
    draw = incident.random
    for time in incident.times(START, END, 8):
        if not DRAIN <= time < BACK:
            yield time, json_line(time, "INFO", f"Booked batch of {draw.randint(3, 40)} entries in {draw.randint(20, 90)} ms", service="ledger-worker")
    for time, message in ((DRAIN, "Stopping: SIGTERM received"), (DRAIN + datetime.timedelta(seconds=4), "Stopped cleanly, 0 batches open"),
                          (BACK, "Started, ready to book"), (BACK + datetime.timedelta(seconds=2), "Recovered: backlog of 41 batches worked off")):
        yield time, json_line(time, "INFO", message, service="ledger-worker")


def node_log(incident):
    draw = incident.random
    for time in incident.times(START, END, 60):
        yield time, syslog(time, "worker-7", "systemd[1]", draw.choice(("Started Session 88 of user root.", "fstrim.service: Deactivated successfully.")))
    for offset, message in ((0, "node-upgrade[901]: cordon worker-7 (planned maintenance window MW-207)"), (20, "node-upgrade[901]: draining worker-7"),
                            (150, "systemd[1]: Stopping containerd container runtime..."), (330, "systemd[1]: Started containerd container runtime."),
                            (400, "node-upgrade[901]: uncordon worker-7, maintenance MW-207 done")):
        time = DRAIN + datetime.timedelta(seconds=offset)
        program, text = message.split(": ", 1)
        yield time, syslog(time, "worker-7", program, text)


METRICS = ("timestamp", "invoice_http_5xx_percent", "invoice_p99_latency_ms", "invoice_requests_per_second", "invoice_memory_percent",
           "ledger_queue_depth", "ledger_db_cpu_percent", "ledger_db_connections_percent")


def metrics(incident):
    draw = incident.random
    time = START
    while time < END:
        away = DRAIN <= time < BACK
        yield (iso(time), round(draw.uniform(2, 4), 1) if away else round(draw.uniform(0, 0.2), 1), draw.randint(90, 130) if not away else
               draw.randint(300, 420), draw.randint(9, 14), draw.randint(40, 44), draw.randint(20, 41) if away else draw.randint(0, 2),
               draw.randint(11, 17), draw.randint(22, 26))
        time += datetime.timedelta(minutes=1)


def pods():
    for index, name in enumerate(("invoice-api-7f6d5c8b9-4k2lm", "invoice-api-7f6d5c8b9-z9xqt")):
        yield pod("billing", "invoice-api", name, f"worker-{index + 5}", "registry.larkspur.example/invoice-api:8.3.1", utc(2026, 4, 28, 9, 0), "512Mi")
    for index, name in enumerate(("ledger-worker-5d7c9b8f6-h8t2v", "ledger-worker-5d7c9b8f6-w4jcn")):
        yield pod("billing", "ledger-worker", name, f"worker-{index + 6}", "registry.larkspur.example/ledger-worker:4.0.6",
                  BACK - datetime.timedelta(seconds=30), "512Mi", ready_at=BACK)


def events():
    yield event("billing", "Node", "worker-7", "Normal", "NodeNotSchedulable", "Node worker-7 status is now: NodeNotSchedulable", DRAIN)
    yield event("billing", "Pod", "ledger-worker-5d7c9b8f6-c3rkd", "Normal", "Killing", "Stopping container ledger-worker",
                DRAIN + datetime.timedelta(seconds=25))
    yield event("billing", "Pod", "ledger-worker-5d7c9b8f6-w4jcn", "Warning", "Unhealthy", "Readiness probe failed: connection refused",
                BACK - datetime.timedelta(seconds=25), BACK - datetime.timedelta(seconds=15), count=2)
    yield event("billing", "Pod", "ledger-worker-5d7c9b8f6-w4jcn", "Normal", "Started", "Started container ledger-worker",
                BACK - datetime.timedelta(seconds=30))
    yield event("billing", "Node", "worker-7", "Normal", "NodeSchedulable", "Node worker-7 status is now: NodeSchedulable", BACK - datetime.timedelta(seconds=20))
