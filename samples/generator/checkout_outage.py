"""A pull request cuts the connection pool of checkout from 40 to 4; the lunch peak does the rest."""
import datetime

from incident import (Incident, access, alertmanager, deployment, event, iso, json_line, klog, logfmt, object_list, pod, spring, utc)

START = utc(2026, 3, 11, 13, 30)
ROLLOUT = utc(2026, 3, 11, 14, 3, 20)
OUTAGE = utc(2026, 3, 11, 14, 6)
END = utc(2026, 3, 11, 14, 40)

PODS = ("checkout-api-6f7d9c5b84-4xkqp", "checkout-api-6f7d9c5b84-m2zvn", "checkout-api-6f7d9c5b84-t8wlr")
AGENTS = ("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101", "LarkspurApp/7.2 (Android 15)", "LarkspurApp/7.2 (iOS 19)")
POOL_TRACE = """java.sql.SQLTransientConnectionException: HikariPool-1 - Connection is not available, request timed out after 30000ms (total=4, active=4, idle=0, waiting={waiting})
\tat com.zaxxer.hikari.pool.HikariPool.createTimeoutException(HikariPool.java:686)
\tat com.zaxxer.hikari.pool.HikariPool.getConnection(HikariPool.java:179)
\tat com.zaxxer.hikari.HikariDataSource.getConnection(HikariDataSource.java:128)
\tat com.larkspur.checkout.OrderRepository.reserve(OrderRepository.java:71)
\tat com.larkspur.checkout.OrderService.place(OrderService.java:114)"""


def write():
    incident = Incident("checkout-outage", 20260311)
    incident.write_lines("checkout-api.log", checkout_log(incident))
    incident.write_lines("cart-api.log", cart_log(incident))
    incident.write_lines("payments-gateway.jsonl", payments_log(incident))
    incident.write_lines("ingress-access.log", ingress_log(incident))
    incident.write_lines("kubelet-worker-2.log", kubelet_log(incident))
    incident.write_csv("metrics.csv", METRICS, list(metrics(incident)))
    incident.write_text("config.diff", CONFIG_DIFF)
    incident.write_json("pods.json", object_list(list(pods())))
    incident.write_json("deployments.json", object_list(list(deployments())))
    incident.write_json("events.json", object_list(list(events())))
    incident.write_json("alert.json", alertmanager(
        "firing", "CheckoutErrorRateHigh", "critical", {"namespace": "shop", "service": "checkout-api"},
        "checkout-api answers more than 5 % of requests with 5xx", "5xx ratio of checkout-api has been 0.62 for 5 minutes (threshold 0.05).",
        utc(2026, 3, 11, 14, 12)))


def checkout_log(incident):
    draw = incident.random
    order = 88_200
    for time in incident.times(START, END, 0.95):
        thread = f"nio-8080-exec-{draw.randint(1, 24)}"
        order += 1
        roll = draw.random()
        if time >= OUTAGE and roll < 0.42:
            waiting = draw.randint(18, 61)
            yield time, spring(time, "ERROR", thread, "c.l.checkout.OrderService",
                               f"Order {order} failed after 30001 ms, answering 503\n" + POOL_TRACE.format(waiting=waiting))
        elif time >= OUTAGE and roll < 0.50:
            yield time, spring(time, "WARN", thread, "com.zaxxer.hikari.pool.HikariPool",
                               "HikariPool-1 - Pool stats (total=4, active=4, idle=0, waiting=" f"{draw.randint(18, 61)})")
        elif roll < 0.55:
            yield time, spring(time, "INFO", thread, "c.l.checkout.CheckoutController",
                               f"POST /checkout cart=c-{draw.randint(1000, 9999)} from {client(draw)}")
        elif roll < 0.80:
            yield time, spring(time, "INFO", thread, "c.l.checkout.OrderService",
                               f"Order {order} placed in {draw.randint(38, 140)} ms, total {draw.randint(9, 240)}.{draw.randint(0, 99):02d} EUR")
        elif roll < 0.90:
            yield time, spring(time, "INFO", thread, "c.l.checkout.PaymentClient",
                               f"Payment for order {order} authorised by payments-gateway in {draw.randint(90, 310)} ms")
        elif roll < 0.96:
            yield time, spring(time, "INFO", thread, "c.l.checkout.ReceiptMailer",
                               f"Receipt for order {order} queued for {draw.choice(('jo.berg', 'ada.finch', 'lee.marsh', 'kim.osei'))}@mail.example")
        else:
            yield time, spring(time, "WARN", thread, "c.l.checkout.StockClient",
                               f"Stock level of sku {draw.randint(100, 999)} is {draw.randint(60, 300)} s old, using it anyway")

    boot = ROLLOUT
    for line in ("Starting CheckoutApplication v5.14.2 using Java 21.0.6", "The following 1 profile is active: \"production\"",
                 "HikariPool-1 - Starting...", "HikariPool-1 - Start completed.",
                 "HikariPool-1 - Configuration: maximumPoolSize=4, connectionTimeout=30000",
                 "Tomcat started on port 8080 (http) with context path '/'", "Started CheckoutApplication in 7.214 seconds"):
        boot += datetime.timedelta(seconds=1.1)
        yield boot, spring(boot, "INFO", "main", "c.l.checkout.CheckoutApplication", line)


def cart_log(incident):
    draw = incident.random
    for time in incident.times(START, END, 3.2):
        cart = f"c-{draw.randint(1000, 9999)}"
        if time >= OUTAGE and draw.random() < 0.25:
            yield time, logfmt(time, "warn", "checkout answered 503, keeping the cart", service="cart-api", cart=cart,
                               upstream="checkout-api", status=503, duration_ms=draw.randint(30001, 30040))
        else:
            yield time, logfmt(time, "info", draw.choice(("cart saved", "item added", "cart read")), service="cart-api", cart=cart,
                               items=draw.randint(1, 9), duration_ms=draw.randint(2, 19))


def payments_log(incident):
    draw = incident.random
    for time in incident.times(START, END, 4.1):
        if utc(2026, 3, 11, 13, 51) <= time < utc(2026, 3, 11, 13, 52, 10) and draw.random() < 0.4:
            yield time, json_line(time, "WARN", "Authorisation at acquirer slow, tried again", service="payments-gateway",
                                  acquirer="acquirer-b", duration_ms=draw.randint(2100, 3900), attempt=2)
        else:
            yield time, json_line(time, "INFO", "Authorised", service="payments-gateway", acquirer=draw.choice(("acquirer-a", "acquirer-b")),
                                  duration_ms=draw.randint(80, 290), key_id="FAKE-not-a-real-key")


def ingress_log(incident):
    draw = incident.random
    for time in incident.times(START, END, 1.4):
        path, size = draw.choice((("POST /checkout", 412), ("GET /cart", 2210), ("GET /catalogue", 18_202), ("GET /catalogue/search?q=lamp", 9_120)))
        failing = path == "POST /checkout" and time >= OUTAGE and draw.random() < 0.62
        yield time, access(time, client(draw), path, 503 if failing else 200, 182 if failing else size, draw.choice(AGENTS),
                           30.0 + draw.random() / 40 if failing else draw.randint(8, 220) / 1000)


def kubelet_log(incident):
    draw = incident.random
    for time in incident.times(START, END, 9):
        yield time, klog(time, "I", "kubelet.go:2431", f'"SyncLoop (PLEG): event for pod" pod="shop/{draw.choice(PODS)}" event="ContainerStarted"'
                         if ROLLOUT <= time < OUTAGE else f'"Housekeeping ended" duration="{draw.randint(2, 40)}ms"')
    # Long before the trouble, and over within a minute.
    for second in (4, 19, 33):
        time = utc(2026, 3, 11, 13, 44, second)
        yield time, klog(time, "W", "eviction_manager.go:284", '"Image garbage collection: disk usage above low threshold" usage=81 threshold=80')
    time = utc(2026, 3, 11, 13, 44, 52)
    yield time, klog(time, "I", "image_gc_manager.go:310", '"Image garbage collection succeeded" usage=64 threshold=80')


METRICS = ("timestamp", "checkout_db_pool_active", "checkout_db_pool_limit", "checkout_db_pool_pending", "checkout_http_5xx_percent",
           "checkout_p99_latency_ms", "checkout_requests_per_second", "checkout_memory_percent", "orders_db_cpu_percent", "orders_db_connections",
           "cart_memory_percent")


def metrics(incident):
    draw = incident.random
    time = START
    while time < END:
        out, new = time >= OUTAGE, time >= ROLLOUT
        yield (iso(time), 4 if out else draw.randint(3, 4) if new else draw.randint(9, 15), 4 if new else 40, draw.randint(35, 61) if out else 0,
               round(draw.uniform(55, 66), 1) if out else round(draw.uniform(0, 0.4), 1),
               draw.randint(30_001, 30_040) if out else draw.randint(140, 210), draw.randint(58, 70) if out else draw.randint(44, 52),
               draw.randint(52, 57), draw.randint(6, 9) if out else draw.randint(21, 29), 14 if new else draw.randint(118, 124),
               draw.randint(69, 72))
        time += datetime.timedelta(seconds=30)


CONFIG_DIFF = """
commit 4c1e77d09ab2f6d1
Author: Robin Vale <robin.vale@larkspur.example>
Date:   Wed Mar 11 13:58:41 2026 +0000

    Tidy the production settings of checkout-api

diff --git a/deploy/checkout-api/application-production.yaml b/deploy/checkout-api/application-production.yaml
--- a/deploy/checkout-api/application-production.yaml
+++ b/deploy/checkout-api/application-production.yaml
@@ -2,14 +2,14 @@ spring:
   datasource:
     url: jdbc:postgresql://orders-db.shop.svc:5432/orders
     username: checkout
     password: FAKE-not-a-real-password
     hikari:
-      maximum-pool-size: 40
+      maximum-pool-size: 4
       connection-timeout: 30000
 logging:
   level:
-    com.larkspur: DEBUG
+    com.larkspur: INFO
 receipts:
-  sender: no-reply@larkspur.example
+  sender: receipts@larkspur.example
 payments:
   base-url: http://payments-gateway.shop.svc:8080
"""


def pods():
    for index, name in enumerate(PODS):
        yield pod("shop", "checkout-api", name, f"worker-{index + 1}", "registry.larkspur.example/checkout-api:5.14.2",
                  ROLLOUT + datetime.timedelta(seconds=20 * index), "1Gi")
    for app, name, image in (("cart-api", "cart-api-7b5c6d4f9d-j6hkt", "cart-api:3.2.0"),
                             ("payments-gateway", "payments-gateway-58c9f7d6b-qq4mz", "payments-gateway:2.9.1")):
        yield pod("shop", app, name, "worker-2", f"registry.larkspur.example/{image}", utc(2026, 3, 4, 8, 12), "512Mi")


def deployments():
    yield deployment("shop", "checkout-api", "registry.larkspur.example/checkout-api:5.14.2", 3, 3, 118, ROLLOUT,
                     "Tidy the production settings of checkout-api (4c1e77d)")
    yield deployment("shop", "cart-api", "registry.larkspur.example/cart-api:3.2.0", 1, 1, 41, utc(2026, 3, 4, 8, 12), "cart-api 3.2.0")
    yield deployment("shop", "payments-gateway", "registry.larkspur.example/payments-gateway:2.9.1", 1, 1, 27, utc(2026, 3, 4, 8, 12),
                     "payments-gateway 2.9.1")


def events():
    yield event("shop", "Deployment", "checkout-api", "Normal", "ScalingReplicaSet", "Scaled up replica set checkout-api-6f7d9c5b84 to 3",
                ROLLOUT, source="deployment-controller")
    yield event("shop", "Deployment", "checkout-api", "Normal", "ScalingReplicaSet", "Scaled down replica set checkout-api-5c88fd7f6b to 0",
                ROLLOUT + datetime.timedelta(seconds=75), source="deployment-controller")
    for index, name in enumerate(PODS):
        started = ROLLOUT + datetime.timedelta(seconds=20 * index)
        yield event("shop", "Pod", name, "Normal", "Started", "Started container checkout-api", started)
    yield event("shop", "HorizontalPodAutoscaler", "cart-api", "Normal", "SuccessfulRescale", "New size: 1; reason: All metrics below target",
                utc(2026, 3, 11, 13, 36), source="horizontal-pod-autoscaler")


def client(draw):
    return f"203.0.113.{draw.randint(2, 250)}"
