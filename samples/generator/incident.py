"""Shapes of the evidence that the samples share: log lines, Kubernetes objects, alerts, and a clock that never leaves its script."""
import datetime
import json
import os
import random

SAMPLES = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


class Incident:
    """Collects the files of one sample and writes them below samples/. The same seed gives the same bytes."""

    def __init__(self, name, seed):
        self.folder = os.path.join(SAMPLES, name)
        self.random = random.Random(seed)

    def write_lines(self, name, entries):
        """Writes (time, line) pairs in the order of their times; a line may span several lines of text."""
        with open(self._path(name), "w", encoding="utf-8", newline="\n") as file:
            for _, line in sorted(entries, key=lambda entry: entry[0]):
                file.write(line + "\n")

    def write_json(self, name, value):
        with open(self._path(name), "w", encoding="utf-8", newline="\n") as file:
            json.dump(value, file, indent=2)
            file.write("\n")

    def write_text(self, name, text):
        with open(self._path(name), "w", encoding="utf-8", newline="\n") as file:
            file.write(text.lstrip("\n"))

    def write_csv(self, name, header, rows):
        with open(self._path(name), "w", encoding="utf-8", newline="\n") as file:
            for row in [header, *rows]:
                file.write(",".join(str(cell) for cell in row) + "\n")

    def times(self, start, end, every_seconds, jitter=0.9):
        """Times from start to end, on average every so many seconds, unevenly as traffic is."""
        time = start
        while time < end:
            yield time
            time += datetime.timedelta(seconds=every_seconds * (1 + jitter * (self.random.random() * 2 - 1)))

    def hexadecimal(self, digits):
        return "".join(self.random.choice("0123456789abcdef") for _ in range(digits))

    def _path(self, name):
        os.makedirs(self.folder, exist_ok=True)
        return os.path.join(self.folder, name)


def utc(year, month, day, hour, minute, second=0):
    return datetime.datetime(year, month, day, hour, minute, second, tzinfo=datetime.timezone.utc)


def iso(time):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ")


def iso_ms(time):
    return time.strftime("%Y-%m-%dT%H:%M:%S.") + f"{time.microsecond // 1000:03d}Z"


# 2026-03-11 14:06:12.480  INFO 1 --- [nio-8080-exec-7] c.l.checkout.OrderService : Order 88213 placed
def spring(time, level, thread, logger, message):
    stamp = time.strftime("%Y-%m-%d %H:%M:%S.") + f"{time.microsecond // 1000:03d}Z"
    return f"{stamp} {level:>5} 1 --- [{thread:>16}] {logger:<40} : {message}"


# time=2026-03-11T14:06:12.480Z level=info msg="cart saved" cart=c-118 items=3
def logfmt(time, level, message, **fields):
    rest = "".join(f" {key}={value}" for key, value in fields.items())
    return f'time={iso_ms(time)} level={level} msg="{message}"{rest}'


def json_line(time, level, message, **fields):
    return json.dumps({"timestamp": iso_ms(time), "level": level, "message": message, **fields})


# I0311 14:06:12.480123    1417 kubelet.go:2431] "SyncLoop (PLEG)" pod="shop/cart-api-5d9"
def klog(time, letter, source, message):
    return f"{letter}{time.strftime('%m%d %H:%M:%S.%f')}    1417 {source}] {message}"


# Mar 11 14:06:12 worker-2 systemd[1]: Started Daily apt activities.
def syslog(time, host, program, message):
    return f"{time.strftime('%b %d %H:%M:%S')} {host} {program}: {message}"


# 203.0.113.9 - - [11/Mar/2026:14:06:12 +0000] "POST /checkout HTTP/1.1" 503 182 "-" "Mozilla/5.0" 30.002
def access(time, client, request, status, size, agent, seconds):
    return f'{client} - - [{time.strftime("%d/%b/%Y:%H:%M:%S +0000")}] "{request} HTTP/1.1" {status} {size} "-" "{agent}" {seconds:.3f}'


def object_list(items):
    return {"apiVersion": "v1", "kind": "List", "metadata": {"resourceVersion": ""}, "items": items}


def pod(namespace, app, name, node, image, started, limit, restarts=0, state=None, last_state=None, ready=True,
        ready_at=None):
    conditions = [{"type": kind, "status": "True", "lastTransitionTime": iso(started)} for kind in ("PodScheduled", "Initialized")]
    conditions += [{"type": kind, "status": "True" if ready else "False", "lastTransitionTime": iso(ready_at or started)}
                   for kind in ("ContainersReady", "Ready")]
    return {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name, "namespace": namespace, "labels": {"app": app}, "creationTimestamp": iso(started)},
        "spec": {
            "nodeName": node,
            "containers": [{"name": app, "image": image, "resources": {
                "limits": {"memory": limit}, "requests": {"cpu": "250m", "memory": limit}}}],
        },
        "status": {
            "phase": "Running",
            "startTime": iso(started),
            "conditions": conditions,
            "containerStatuses": [{
                "name": app, "image": image, "ready": ready, "started": ready, "restartCount": restarts,
                "state": state or {"running": {"startedAt": iso(started)}}, "lastState": last_state or {},
            }],
        },
    }


def deployment(namespace, app, image, wanted, available, revision, changed, cause):
    progressing = {"type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable",
                   "message": f'ReplicaSet for "{app}" has successfully progressed.', "lastUpdateTime": iso(changed)}
    reachable = available >= wanted
    available_condition = {
        "type": "Available", "status": "True" if reachable else "False", "lastUpdateTime": iso(changed),
        "reason": "MinimumReplicasAvailable" if reachable else "MinimumReplicasUnavailable",
        "message": "Deployment has minimum availability." if reachable else "Deployment does not have minimum availability.",
    }
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": app, "namespace": namespace, "generation": revision, "annotations": {
            "deployment.kubernetes.io/revision": str(revision), "kubernetes.io/change-cause": cause}},
        "spec": {"replicas": wanted, "template": {"spec": {"containers": [{"name": app, "image": image}]}}},
        "status": {
            "observedGeneration": revision, "replicas": wanted, "updatedReplicas": wanted, "readyReplicas": available,
            "availableReplicas": available, "unavailableReplicas": wanted - available, "conditions": [available_condition, progressing],
        },
    }


def event(namespace, kind, name, type_, reason, message, first, last=None, count=1, source="kubelet"):
    return {
        "apiVersion": "v1",
        "kind": "Event",
        "metadata": {"name": f"{name}.{first.strftime('%H%M%S')}{reason.lower()}", "namespace": namespace},
        "involvedObject": {"kind": kind, "name": name, "namespace": namespace},
        "type": type_, "reason": reason, "message": message, "count": count,
        "firstTimestamp": iso(first), "lastTimestamp": iso(last or first), "source": {"component": source},
    }


def alertmanager(status, name, severity, labels, summary, description, starts, ends=None):
    return {
        "version": "4",
        "status": status,
        "receiver": "on-call",
        "groupLabels": {"alertname": name},
        "commonLabels": {"alertname": name, "severity": severity, **labels},
        "externalURL": "https://alerts.larkspur.example",
        "alerts": [{
            "status": status,
            "labels": {"alertname": name, "severity": severity, **labels},
            "annotations": {"summary": summary, "description": description},
            "startsAt": iso(starts),
            "endsAt": iso(ends) if ends else "0001-01-01T00:00:00Z",
        }],
    }
