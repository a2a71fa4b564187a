namespace FaultMaven.Redaction.Tests;

/// <summary>Lines of our own making that hold nothing to hide, however much they look like it.</summary>
public sealed class LeavingEvidence
{
    [Theory]
    [InlineData("2026-03-01T10:15:02.123456789Z INFO took 359ms (p99 1.25s), 3/5 pods, 87.5%, 1,234,567 rows, exit code 137")]
    [InlineData("Mar  1 10:15:02 node-7 kernel: [12345.678901] Out of memory: Killed process 4711 (java) total-vm:8123456kB")]
    [InlineData("1772360102 1772360102123 1772360102123456789 epoch seconds, milliseconds, nanoseconds")]
    [InlineData(
        "commit 9fceb02d0ae598e95dc970b74767f19372d61af8 by pipeline 8812, image "
        + "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    [InlineData("trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7 request_id=6f1c2d3e-0a1b-4c2d-8e3f-9a0b1c2d3e4f")]
    [InlineData("x-request-id: 6f1c2d3e-0a1b-4c2d-8e3f-9a0b1c2d3e4f correlation-id: 01J9ZK3V6Q8T2W4X6Y8Z0A1B2C")]
    [InlineData("Received block blk_-4411223344556677889 of size 1048576")]
    [InlineData("[http-nio-8080-exec-7] [pool-3-thread-12] [req-0192f0c1] c.e.shop.CartService")]
    [InlineData("rip: 0x00007ffe3c2d1a40 at 0xdeadbeef, fault addr 0x0, segfault at 7f1c2d3e0a1b")]
    [InlineData("listening on 0.0.0.0:8080, health on 127.0.0.1:9090 and [::1]:9090, broadcast 255.255.255.255")]
    [InlineData("server v1.2.3.4 (version 10.0.19041.1, build 4.18.0.305) Chrome/113.0.0.0 lib-1.2.3.4.jar")]
    [InlineData("std::vector<int>::at: 10:15:02 ::before 12:34:56:789")]
    [InlineData("fingerprint SHA256 aa:bb:cc:dd:ee:ff:00:11:22:33:44:55:66:77:88:99")]
    [InlineData("GET /api/v1/orders/1234567890123?limit=50&page_token=3 HTTP/1.1 200 4321 0.017")]
    [InlineData("upstream http://payments.shop.svc.cluster.local:8080/charge timed out")]
    [InlineData("dial tcp: lookup db-primary-0.internal on coredns: no such host")]
    [InlineData("Password authentication failed; password expired, token invalid, key not found in cache")]
    [InlineData("password: please enter your password")]
    [InlineData("token: expired, refresh token: missing, api key: required")]
    [InlineData("password=*** secret=<redacted> token=${TOKEN} api_key={{ .Values.apiKey }} pwd=%s passwd=$DB_PASSWORD")]
    [InlineData("password = getPassword(); token = request.getToken(); secret = config.secret; password=null; token=undefined")]
    [InlineData("token=Token{a64f992 u0 io.example.Main} proxy token: io.example.BinderProxy@2bd79ce")]
    [InlineData("cache key=user:1234:cart hash key: order-2026-03, partition key 17, primary key (id), foreign key fk_order_user")]
    [InlineData("keyspace=shop keyword=timeout token_type=bearer token_count=812 max_tokens=4096 key_id=7 author=unknown")]
    [InlineData("secretName: checkout-db-credentials-x7f2k")]
    [InlineData("imagePullSecrets: registry-pull-secret-x7f2k")]
    [InlineData("Established session 0x25a0123456b0007 with negotiated timeout 40000")]
    [InlineData("user=root session opened for user postgres by (uid=0), logname= uid=0 euid=0 tty=ssh ruser= rhost=")]
    [InlineData("/var/log/queue/broker@mq1.log: rotated to broker@mq1.log.gz, pid in worker@7.pid")]
    [InlineData("getty@tty1.service: Succeeded. sprite@2x.png git@github.com:shop/cart.git alpine@sha256:abc")]
    [InlineData("-----BEGIN CERTIFICATE-----\nTWFkZVVwTWFkZVVwTWFkZVVwTWFkZVVw\n-----END CERTIFICATE-----")]
    [InlineData("INFO Payment Service started, Config Server ready, Spring Boot 3.4.1, Thread Pool resized from 20 to 40")]
    [InlineData("Internal Server Error while calling Order Service\nConnection Refused by Config Server")]
    [InlineData("0.75 0123 00:00:01 20260301 20260301T101502Z 2026/03/01 10.15.02 +0200 -05:00")]
    [InlineData(
        "{\"level\":\"error\",\"ts\":1772360102.123,\"caller\":\"cart/handler.go:217\",\"auth\":\"failed\",\"keys\":3,\"passes\":12}")]
    [InlineData("kafka offset=48291034455512345 partition=12 leader=3 isr=[1,2,3] epoch=48")]
    [InlineData(
        "2026-03-01T10:15:02.123+01:00 2026-03-01 10:15:02,123 01/Mar/2026:10:15:02 +0000 Sun, 01 Mar 2026 10:15:02 GMT "
        + "20260301-101502 2026-W09-7 10:15:02.123456 AM")]
    [InlineData("uptime 12d 3h 4m 5s; p50=12.5ms p95=118ms p99.9=1.204s max=2m3.5s GC pause (G1 Evacuation) 4096M->1024M(8192M) 35.217ms")]
    [InlineData(
        "go1.24.1 openssl 3.0.13-r2 node v22.4.0 kernel 6.8.0-45-generic glibc 2.39 nginx/1.27.3 Python/3.12.4 PostgreSQL 16.4 "
        + "(Debian 16.4-1.pgdg120+1)")]
    [InlineData(
        "merge base 9fceb02 of 9fceb02d0ae598e95dc970b74767f19372d61af8..4f2ae3d1, tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904, "
        + "HEAD detached at v2.3.1-14-g9fceb02")]
    [InlineData(
        "registry.shop.internal/cart@sha256:9b74c9897bac770ffc029102a200c5de0123456789abcdef0123456789abcdef pulled; ETag: "
        + "\"5d41402abc4b2a76b9719d911017c592\" Content-MD5: XrY7u+Ae7tCTyyK7j1rNww==")]
    [InlineData("integrity sha512-oqVuAfXRKap7fdgcCY5uykM6+R9GqQ8K/uxy9rx7HNQlGYl1kPzQho1wx4JwY8wC4XvlJ5oqVuAfXRKap7fdgcCY5uykM6")]
    [InlineData("traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01 tracestate: vendor=t61rcWkgMzE")]
    [InlineData(
        "\"trace.id\":\"4bf92f3577b34da6a3ce929d0e0e4736\",\"span.id\":\"00f067aa0ba902b7\",\"transaction.id\":\"00f067aa0ba902b7\",\""
        + "parent\":\"b7ad6b7169203331\"")]
    [InlineData(
        "X-Amzn-Trace-Id: Root=1-67891233-abcdef012345678912345678 x-amz-request-id: 4442587FB7D0A2F9 x-amz-id-2: "
        + "vlR7PnpV2Ce81l0PRw6jlUpck7Jo5ZsQjryTjKlc5aLWGVHPZLj5NeC6qMa0emYBDXOo6QBU0Wo=")]
    [InlineData(
        "job 01J9ZK3V6Q8T2W4X6Y8Z0A1B2C run 2Nf9MGbL4wq7eR8yT6uZ1xC3vB5 snowflake 1234567890123456789 objectid 507f1f77bcf86cd799439011")]
    [InlineData("BLOCK* BlockMap.place: /data/part-00017 blk_-4711000011112222333 blk_1073700001_1001 to mirror")]
    [InlineData(
        "\"http-nio-8443-exec-12\" #57 daemon prio=5 os_prio=0 cpu=1204.11ms elapsed=8812.07s tid=0x00007f1c2d3e0a1b nid=0x2b03 "
        + "waiting on condition [0x00007f1c1a2b3000]")]
    [InlineData(
        "goroutine 4711 [chan receive, 12 minutes]: main.(*server).serve(0xc000123456, {0x7f8e2c, 0xc0004e0000}) /app/server.go:217 "
        + "+0x1d4")]
    [InlineData(
        "BUG: unable to handle page fault for address: ffffffffc0a1b2c3 RIP: 0010:ext4_writepages+0x2a/0x130 CR2: 0000000000000008 "
        + "R13: ffff9c0d8a7b6c50")]
    [InlineData(
        "tcp 0 0 0.0.0.0:443 -> :51834 ESTABLISHED 4711/nginx ports 80,443,5432,6379,9092 status 200 201 404 429 500 502 503 504 exit "
        + "137 signal 9")]
    [InlineData(
        "epoch 1772360102 1772360102.123 1772360102123 1772360102123456 offsets 0..48291034455512345 lsn 0/16B3748 wal "
        + "000000010000000000000042 xid 7234511")]
    [InlineData(
        "GET /api/v2/carts/8f14e45fceea167a5a36dedd4bea2543/items?page=2&per_page=50&sort=-created_at&q=red%20shoes%20size%2042 "
        + "HTTP/2.0 200 5321 \"-\" \"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36\"")]
    [InlineData(
        "arn:aws:iam::000000000000:role/cart-api-role i-0123456789abcdef0 vol-0a1b2c3d4e5f67890 subnet-0fedcba9876543210 "
        + "eni-0aa11bb22cc33dd44 sg-01ab23cd")]
    [InlineData(
        "projects/shop-prod/zones/europe-west1-b/instances/gke-shop-pool-1-7b5c6d4f-x7f2 "
        + "/subscriptions/6f1c2d3e-0a1b-4c2d-8e3f-9a0b1c2d3e4f/resourceGroups/shop-rg")]
    [InlineData(
        "pod/cart-api-7b5c6d4f9d-j6hkt replicaset/cart-api-7b5c6d4f9d container "
        + "docker://9b74c9897bac770ffc029102a200c5de0123456789abcdef0123456789abcdef")]
    [InlineData(
        "serviceaccount \"cart-api\" secret \"cart-db-credentials-x7f2k\" not found; configmap kube-root-ca.crt; token "
        + "kube-system/default-token-x7f2k mounted")]
    [InlineData(
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMadeUpMadeUpMadeUpMadeUpMadeUpMadeUpMadeUp ops@example fingerprint "
        + "SHA256:MadeUpMadeUpMadeUpMadeUpMadeUpMadeUpMadeUpMad")]
    [InlineData(
        "certificate CN=shop.example serial 03:ab:cd:ef:01:23:45:67:89:0a:bc:de:f0:12:34:56:78:9a thumbprint "
        + "A94A8FE5CCB19BA61C4C0873D391E987982FBBD3 expires 2026-06-01")]
    [InlineData("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")]
    [InlineData(
        "token bucket refilled at 100/s, tokens: 4096 prompt, 812 completion, max_tokens=4096 tokenizer=cl100k_base token_limit_exceeded")]
    [InlineData(
        "authentication failed for user postgres: no password supplied; password authentication failed; password reset requested; "
        + "passwords do not match")]
    [InlineData(
        "secret rotation started, secret manager unreachable, api key missing, key rotation due, keys evicted: 4096, sort key "
        + "created_at, key=cart:42:items hash_key=order#2026")]
    [InlineData(
        "error: x509: certificate signed by unknown authority (key usage: digitalSignature) ; auth=none authMethod=SCRAM-SHA-256 "
        + "auth_type=oauth2 authority=shop.example")]
    [InlineData(
        "SASL mechanism SCRAM-SHA-512, cipher TLS_AES_256_GCM_SHA384, key exchange X25519, signature RSA-PSS-RSAE-SHA256, "
        + "kid=2026-03-key-1 alg=RS256 typ=JWT")]
    [InlineData(
        "password_policy=strict password_max_age=90d passwordless=true passwd_entries=217 token_ttl=3600 token_endpoint=/oauth2/token "
        + "secret_name=cart-db secretRef=cart-db")]
    [InlineData(
        "credentials: [] secrets: {} tokens=0 password=\"\" api_key='' secret: null token: nil pwd=/home pat=off sig=11 signature "
        + "invalid, salt: required")]
    [InlineData(
        "key: value, foreign key constraint \"fk_orders_user\" violates, duplicate key value violates unique constraint "
        + "\"users_email_key\" DETAIL: Key (id)=(42) already exists.")]
    [InlineData(
        "at com.example.shop.auth.TokenService.refreshToken(TokenService.java:217) ~[shop-1.4.2.jar:1.4.2] Caused by: "
        + "java.lang.IllegalStateException: Token store not ready")]
    [InlineData("File \"/app/shop/auth.py\", line 42, in check_password raise InvalidPassword(\"password mismatch\")")]
    [InlineData(
        "if (password == null || password.isEmpty()) { throw new AuthException(\"password required\"); } const token = await "
        + "getToken(); let secret = process.env.SECRET")]
    [InlineData(
        "SELECT token, password_hash FROM users WHERE api_key = ? AND secret IS NOT NULL; UPDATE keys SET key = $1 WHERE id = $2 -- "
        + "12 rows")]
    [InlineData(
        "iptables: IN=eth0 OUT= LEN=60 TOS=0x00 PREC=0x00 TTL=63 ID=54321 DF PROTO=TCP SPT=51834 DPT=443 WINDOW=64240 RES=0x00 SYN URGP=0")]
    [InlineData(
        "http_requests_total{method=\"GET\",code=\"200\",le=\"+Inf\"} 1.234567e+06 1772360102123 process_cpu_seconds_total 4711.25 "
        + "go_memstats_heap_bytes 5.2428800e+07")]
    [InlineData(
        "orders 4111-1111 shipped, SKU 123-45-67890, ticket INC0012345, PR #4711, JIRA SHOP-1234, RFC 7519, ISO 27001, port "
        + "5432-5440, range 100-200-300")]
    [InlineData(
        "Deployment Cart API rolled out; Config Map changed; Red Hat OpenShift, Amazon Web Services, Azure Event Hub, Google Cloud "
        + "Run, Apache Kafka Connect, Spring Cloud Gateway")]
    [InlineData(
        "The Payment Service was restarted and the Order Queue drained. Class A Network, Plan B Rollout, Phase C Migration, Building "
        + "D Uplink.")]
    [InlineData("Node lives in zone b, the pod replied with 503, the broker insisted on TLS 1.3, consumer was born stale")]
    [InlineData("percent: 100%25 50%% done %d %s %v %2d 87.5% %CPU %MEM; URL https://shop.internal/a%20b/c%2Fd?x=%7B%7D")]
    [InlineData("👩\u200d💻 deployed 🚀 — “cart” isn’t ready… naïve café, Übergröße, 東京リージョン, область eu-west-1, status：正常")]
    [InlineData(
        "base64 body: eyJvcmRlciI6NDIsInN0YXR1cyI6InBhaWQiLCJpdGVtcyI6WzEsMiwzXX0= and "
        + "aGVsbG8gd29ybGQsIHRoaXMgaXMgb3JkaW5hcnkgdGV4dCBvZiBubyBpbnRlcmVzdA==")]
    [InlineData(
        "mac 00:00:00:00:00:00 ff:ff:ff:ff:ff:ff guid {00000000-0000-0000-0000-000000000000} dev 8:0 pci 0000:00:1f.2 usb 1-1.2:1.0 "
        + "inode 4026531840")]
    [InlineData(
        "/var/lib/docker/overlay2/9b74c9897bac770ffc029102a200c5de/merged /proc/4711/fd/17 C:\\Windows\\System32\\drivers\\etc "
        + "/opt/app-1.2.3/lib /home /Users/Shared /home/runner/work")]
    [InlineData(
        "user=root user=app user: admin username=postgres login=system for user root by (uid=0) logged in as administrator, su: (to "
        + "root) nobody")]
    [InlineData(
        "x-request-id=9f8e7d6c5b4a39281706f5e4d3c2b1a0 correlationId=shop-20260301-000042 "
        + "messageId=ID:broker-1-34567-1772360102123-0:1:1:1:1 sessionTimeout=30000")]
    public void Finds_nothing(string line) => Assert.Empty(Redacted.Findings(line));
}
