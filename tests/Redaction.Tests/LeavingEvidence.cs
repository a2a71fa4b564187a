using FaultMaven.Redaction.Pseudonyms;

namespace FaultMaven.Redaction.Tests;

/// <summary>Lines of our own making that hold nothing to hide, however much they look like it.</summary>
public sealed class LeavingEvidence
{
    [Theory]
    [InlineData("2026-03-01T10:15:02.123456789Z INFO took 359ms (p99 1.25s), 3/5 pods, 87.5%, 1,234,567 rows, exit code 137")]
    [InlineData("Mar  1 10:15:02 node-7 kernel: [12345.678901] Out of memory: Killed process 4711 (java) total-vm:8123456kB")]
    [InlineData("1772360102 1772360102123 1772360102123456789 epoch seconds, milliseconds, nanoseconds")]
    [InlineData("commit 9fceb02d0ae598e95dc970b74767f19372d61af8 by pipeline 8812, image sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
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
    [InlineData("getty@tty1.service: Succeeded. sprite@2x.png git@github.com:shop/cart.git alpine@sha256:abc")]
    [InlineData("-----BEGIN CERTIFICATE-----\nTWFkZVVwTWFkZVVwTWFkZVVwTWFkZVVw\n-----END CERTIFICATE-----")]
    [InlineData("INFO Payment Service started, Config Server ready, Spring Boot 3.4.1, Thread Pool resized from 20 to 40")]
    [InlineData("Internal Server Error while calling Order Service\nConnection Refused by Config Server")]
    [InlineData("0.75 0123 00:00:01 20260301 20260301T101502Z 2026/03/01 10.15.02 +0200 -05:00")]
    [InlineData("{\"level\":\"error\",\"ts\":1772360102.123,\"caller\":\"cart/handler.go:217\",\"auth\":\"failed\",\"keys\":3,\"passes\":12}")]
    [InlineData("kafka offset=48291034455512345 partition=12 leader=3 isr=[1,2,3] epoch=48")]
    public void Finds_nothing(string line) => Assert.Empty(Redacted.Findings(line));

    [Fact]
    public async Task Leaves_placeholders_that_were_given_out_as_they_are()
    {
        const string Text = "password=<PASSWORD_7> from <EMAIL_ADDRESS_2> at <IP_ADDRESS_1>:80, Dear <PERSON_3>, Bearer <AUTHORIZATION_1>";
        var scope = new InMemoryPseudonyms();
        foreach (var type in (string[])["PASSWORD", "EMAIL_ADDRESS", "IP_ADDRESS", "PERSON", "AUTHORIZATION"])
        {
            await scope.NumberAsync(
                Redacted.Scope, [.. Enumerable.Range(1, 7).Select(i => new SensitiveValue(type, $"made-up-{i}"))], TestContext.Current.CancellationToken);
        }

        Assert.Equal(Text, await Redacted.Text(Text, scope));
    }
}
