using System.Globalization;
using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Tests.Classification.Corpus;

/// <summary>Makes logs and reports of errors in the formats that people upload.</summary>
internal static class LogMakers
{
    public static IReadOnlyList<SampleMaker> All { get; } =
    [
        new(
            EvidenceType.Logs, "iso", ["app.log", "app.txt"],
            random =>
                Timed(random, (time, i) => $"{time:yyyy-MM-ddTHH:mm:ss.fffZ} {random.Level()} [{random.Service()}] {random.Message()}")),
        new(
            EvidenceType.Logs, "logback", ["server.log"],
            random => Timed(
                random,
                (time, i) =>
                    $"{time:yyyy-MM-dd HH:mm:ss,fff} {random.Level(),-5} [main-{i}] shop.{random.Service()} - {random.Message()}")),
        new(
            EvidenceType.Logs, "syslog", ["messages", "syslog"],
            random => Timed(
                random,
                (time, i) =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{time:MMM d HH:mm:ss} {random.Service()}-1 {random.Service()}[{random.Next(9999)}]: "
                        + $"{random.Message()}"))),
        new(
            EvidenceType.Logs, "klog", ["kubelet.log"],
            random => Timed(
                random,
                (time, i) => $"{random.Of("I", "W", "E")}{time:MMdd HH:mm:ss}.000123 {random.Next(9)} server.go:{i}] {random.Message()}")),
        new(
            EvidenceType.Logs, "access", ["access.log"],
            random => Timed(
                random,
                (time, i) =>
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"192.0.2.{i} - - [{time:dd/MMM/yyyy:HH:mm:ss} +0000] \"GET /{random.Service()} HTTP/1.1\" "
                        + $"{random.Of("200", "404", "502")} {random.Next(9999)} \"-\" \"curl/8\""))),
        new(
            EvidenceType.Logs, "json", ["app.json", "app.log"],
            random => Timed(
                random,
                (time, i) =>
                    $"{{\"timestamp\":\"{time:O}\",\"level\":\"{random.Level()}\",\"logger\":\"{random.Service()}\","
                        + $"\"message\":\"{random.Message()}\"}}")),
        new(
            EvidenceType.Logs, "logfmt", ["app.log"],
            random => Timed(
                random,
                (time, i) =>
                    $"time={time:yyyy-MM-ddTHH:mm:ssZ} level={random.Of("info", "warn", "error")} svc={random.Service()} "
                        + $"msg=\"{random.Message()}\"")),
        new(
            EvidenceType.Logs, "bracketed", ["worker.out"],
            random => Timed(random, (time, i) => $"[{time:yyyy-MM-dd HH:mm:ss}] {random.Service()}.{random.Level()}: {random.Message()}")),
        new(EvidenceType.Logs, "untimed", ["console.txt"], random => random.Lines(4, 12, i => $"{random.Level()}: {random.Message()}")),
        new(
            EvidenceType.Logs, "container", ["0.log"],
            random => Timed(random, (time, i) => $"{time:yyyy-MM-ddTHH:mm:ss.fffffffZ} stdout F {random.Message()}")),
        new(
            EvidenceType.Logs, "with traces", ["app.log"],
            random => Timed(
                random,
                (time, i) =>
                    i % 5 != 0
                        ? $"{time:yyyy-MM-dd HH:mm:ss} {random.Level()} {random.Message()}"
                        : $"{time:yyyy-MM-dd HH:mm:ss} ERROR {random.Message()}\njava.lang.{random.Failure()}: closed\n"
                            + $"\tat shop.Cart.add(Cart.java:{i})\n\tat shop.Main.run(Main.java:9)")),
        new(
            EvidenceType.Logs, "loki", ["query.json"],
            random => "{\"status\":\"success\",\"data\":{\"resultType\":\"streams\","
                + $"\"result\":[{{\"stream\":{{\"app\":\"{random.Service()}\"}},\"values\":[[\"1714557600000000000\","
                + $"\"{random.Message()}\"],[\"1714557601000000000\",\"{random.Message()}\"]]}}]}}}}"),
        new(
            EvidenceType.Logs, "csv", ["export.csv"],
            random => "timestamp,level,message\n"
                + Timed(random, (time, i) => $"{time:yyyy-MM-ddTHH:mm:ssZ},{random.Level()},{random.Message()}")),

        new(
            EvidenceType.ErrorReport, "java", ["crash.txt", "error.txt"],
            random => $"Exception in thread \"main\" java.lang.{random.Failure()}: {random.Message()}\n"
                + $"{random.Lines(3, 9, i => $"\tat shop.{random.Service()}.Run{i}(Run.java:{random.Next(400)})")}"
                + "Caused by: java.io.IOException: broken pipe\n\tat shop.Wire.send(Wire.java:9)\n"),
        new(
            EvidenceType.ErrorReport, "python", ["traceback.txt"],
            random => "Traceback (most recent call last):\n"
                + random.Lines(2, 5, i => $"  File \"/srv/{random.Service()}/app.py\", line {random.Next(400)}, in step_{i}\n    run_{i}()")
                + $"ValueError: {random.Message()}\n"),
        new(
            EvidenceType.ErrorReport, "dotnet", ["crash.txt"],
            random => $"Unhandled exception. System.InvalidOperationException: {random.Message()}\n"
                + random.Lines(
                    2, 6, i => $"   at Shop.{random.Service()}.Step{i}(Item item) in /src/Cart.cs:line {random.Next(400)}")),
        new(
            EvidenceType.ErrorReport, "go", ["panic.txt"],
            random => "panic: runtime error: "
                + random.Of("index out of range [5] with length 3", "invalid memory address or nil pointer dereference")
                + "\n\ngoroutine 1 [running]:\n"
                + $"{random.Lines(2, 5, i => $"main.step{i}()\n\t/src/{random.Service()}/main.go:{random.Next(400)} +0x1d")}"),
        new(
            EvidenceType.ErrorReport, "node", ["stderr.txt"],
            random => $"TypeError: {random.Message()}\n"
                + $"{random.Lines(2, 6, i => $"    at step{i} (/srv/{random.Service()}.js:{random.Next(400)}:11)")}"),
        new(
            EvidenceType.ErrorReport, "rust", ["panic.txt"],
            random => $"thread 'main' panicked at src/{random.Service()}.rs:{random.Next(400)}:5:\n"
                + "called `Option::unwrap()` on a `None` value\nstack backtrace:\n"
                + random.Lines(3, 6, i => $"   {i}: shop::{random.Service()}::step{i}\n             at ./src/{random.Service()}.rs:{i}:5")),
    ];

    private static string Timed(Random random, Func<DateTime, int, string> line)
    {
        var time = random.Begin();

        return random.Lines(3, 30, i =>
        {
            time = time.AddMilliseconds(random.Next(5_000));

            return line(time, i);
        });
    }
}
