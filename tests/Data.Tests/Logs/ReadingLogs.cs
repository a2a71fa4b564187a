using FaultMaven.Data.Analysis.Logs.Entries;

namespace FaultMaven.Data.Tests.Logs;

public class ReadingLogs
{
    private static readonly DateTimeOffset s_reference = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(
        """{"time":"2026-03-12T12:00:01.5Z","level":"error","msg":"no route","service":"cart"}""", "2026-03-12T12:00:01.5", "Error", "cart",
        "no route")]
    [InlineData("""{"level":50,"time":1762000000123,"name":"api","msg":"boom"}""", "2025-11-01T12:26:40.123", "Error", "api", "boom")]
    [InlineData("""{"@t":"2026-03-12T12:00:01Z","@mt":"slow","@l":"Warning"}""", "2026-03-12T12:00:01", "Warning", "", "slow")]
    [InlineData(
        """{"log":"2026-03-12 12:00:01 ERROR out of memory\n","stream":"stderr"}""", "2026-03-12T12:00:01", "Error", "", "out of memory")]
    [InlineData("""ts=2026-03-12T12:00:01Z level=warn msg="low disk" service=cart""", "2026-03-12T12:00:01", "Warning", "cart", "low disk")]
    [InlineData(
        """<165>1 2026-03-12T12:00:01.003Z web-1 app 812 ID47 [x y="z"] hello""", "2026-03-12T12:00:01.003", "Information", "app", "hello")]
    [InlineData("<35>Oct 11 22:14:15 web-1 su[12]: refused", "2026-10-11T22:14:15", "Error", "su", "refused")]
    [InlineData("Oct 11 22:14:15 web-1 sshd[812]: session opened", "2026-10-11T22:14:15", "Unspecified", "sshd", "session opened")]
    [InlineData("Dec 11 22:14:15 web-1 sshd[812]: session opened", "2025-12-11T22:14:15", "Unspecified", "sshd", "session opened")]
    [InlineData(
        "E0312 12:00:01.123456       1 reflector.go:147] watch ended", "2026-03-12T12:00:01.123456", "Error", "reflector.go",
        "watch ended")]
    [InlineData(
        """10.0.0.7 - ann [12/Mar/2026:12:00:01 +0100] "GET /cart HTTP/1.1" 503 187""", "2026-03-12T11:00:01", "Error", "",
        "\"GET /cart HTTP/1.1\" 503 187")]
    [InlineData(
        """10.0.0.7 - ann [12/Mar/2026:12:00:01 +0100] "GET /cart HTTP/1.1" 404 187""", "2026-03-12T11:00:01", "Information", "",
        "\"GET /cart HTTP/1.1\" 404 187")]
    [InlineData("2026/03/12 12:00:01 [error] 31#31: *5 connect() failed", "2026-03-12T12:00:01", "Error", "", "*5 connect() failed")]
    [InlineData("[Thu Mar 12 12:00:01 2026] [notice] child init", "2026-03-12T12:00:01", "Information", "", "child init")]
    [InlineData(
        "2026-03-12 12:00:01,123 ERROR [main] com.example.Main - cannot open", "2026-03-12T12:00:01.123", "Error", "com.example.Main",
        "cannot open")]
    [InlineData("2026-03-12 12:00:01.123 +02:00 [WRN] slow query", "2026-03-12T10:00:01.123", "Warning", "", "slow query")]
    [InlineData("2026-03-12 12:00:01,123 WARNING shop.views: slow query", "2026-03-12T12:00:01.123", "Warning", "shop.views", "slow query")]
    [InlineData(
        "2026-03-12T12:00:01Z\tERROR\tcontroller.pod\treconcile failed\t{\"pod\": \"a\"}", "2026-03-12T12:00:01", "Error", "controller.pod",
        "reconcile failed\t{\"pod\": \"a\"}")]
    [InlineData(
        "2026-03-12T12:00:01.5Z stdout F 2026-03-12 12:00:01,123 INFO  [main] started", "2026-03-12T12:00:01.123", "Information", "main",
        "started")]
    [InlineData("03-12 09:14:27.305  1811  2044 E SurfaceHost: no window", "2026-03-12T09:14:27.305", "Error", "SurfaceHost", "no window")]
    [InlineData("2026-03-12 12:00:01 UTC [4312] FATAL:  too many clients", "2026-03-12T12:00:01", "Critical", "", "too many clients")]
    [InlineData(
        "- 1772359502 2026.03.01 K7-N3 2026-03-01-10.05.02.123456 K7-N3 RAS KERNEL FATAL cache parity lost", "2026-03-01T10:05:02.123456",
        "Critical", "", "cache parity lost")]
    [InlineData(
        "20251130-21:14:27:305|Step_Count|31000017|steps changed", "2025-11-30T21:14:27.305", "Unspecified", "Step_Count", "steps changed")]
    [InlineData("[12:00:01 WRN] slow query", null, "Warning", "", "slow query")]
    [InlineData(
        "251130 211427 152 INFO store.DataNode: block received", "2025-11-30T21:14:27", "Information", "store.DataNode", "block received")]
    [InlineData(
        "25/11/30 21:14:27 INFO executor.Backend: registered", "2025-11-30T21:14:27", "Information", "executor.Backend", "registered")]
    public void Takes_a_line_apart(string line, string? time, string level, string source, string message)
    {
        var entry = Read($"{line}\n{line}\n").First();

        Assert.Equal(time, entry.Time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFF"));
        Assert.Equal(level, entry.Level.ToString());
        Assert.Equal(source, entry.Source);
        Assert.Equal(message, entry.Message);
    }

    [Theory]
    [InlineData(
        "java",
        "java.lang.IllegalStateException: closed\n\tat com.example.A.run(A.java:12)\n\t... 3 more\nCaused by: java.io.IOException: gone\n"
            + "\tat com.example.B.read(B.java:7)")]
    [InlineData(
        "dotnet",
        """
        System.InvalidOperationException: closed
         ---> System.IO.IOException: gone
           --- End of inner exception stack trace ---
           at Example.A.Run() in A.cs:line 12
        """)]
    [InlineData(
        "python", "Traceback (most recent call last):\n  File \"app.py\", line 3, in run\n    open(path)\nFileNotFoundError: no such file")]
    [InlineData(
        "go", "panic: runtime error: index out of range [5] with length 3\n\ngoroutine 1 [running]:\nmain.main()\n\t/src/main.go:12 +0x1d")]
    [InlineData("node", "TypeError: x is not a function\n    at run (/app/index.js:3:5)\n    at Object.<anonymous> (/app/index.js:9:1)")]
    [InlineData("rust", "thread 'main' panicked at src/main.rs:4:5:\nindex out of bounds\nstack backtrace:\n   0: core::panicking::panic")]
    public void Reads_a_stack_trace_as_one_event(string language, string trace)
    {
        var text =
            $"2026-03-12 12:00:00,001 INFO ready for {language}\n2026-03-12 12:00:01,123 ERROR request failed\n{trace}\n"
                + "2026-03-12 12:00:02,456 INFO next request\n";

        var entries = Read(text);

        Assert.Equal(["Information", "Error", "Information"], entries.Select(entry => entry.Level.ToString()));
        Assert.StartsWith("request failed\n", entries[1].Message, StringComparison.Ordinal);
        Assert.Equal(2, entries[1].StartLine);
        Assert.Equal(entries[2].StartLine - 1, entries[1].EndLine);
    }

    [Fact]
    public void Reads_a_bare_python_trace_as_one_event()
    {
        var entries = Read(
            "starting\nTraceback (most recent call last):\n  File \"app.py\", line 3, in run\n    open(path)\n"
                + "FileNotFoundError: no such file\nrestarting\n");

        Assert.Equal([(1, 1), (2, 5), (6, 6)], entries.Select(entry => (entry.StartLine, entry.EndLine)));
    }

    [Fact]
    public void Reads_lines_of_several_formats_in_one_file()
    {
        var entries = Read("""
            2026-03-12 12:00:01,123 INFO  [main] com.example.Main - ready
            {"time":"2026-03-12T12:00:02Z","level":"warn","msg":"slow"}
            E0312 12:00:03.123456       1 reflector.go:147] watch ended
            level=error ts=2026-03-12T12:00:04Z msg=lost
            10.0.0.7 - - [12/Mar/2026:12:00:05 +0000] "GET / HTTP/1.1" 200 5
            """);

        Assert.Equal(["Information", "Warning", "Error", "Error", "Information"], entries.Select(entry => entry.Level.ToString()));
        Assert.All(entries, entry => Assert.Equal(12, entry.Time!.Value.Hour));
    }

    [Fact]
    public void Infers_a_header_that_it_has_never_seen()
    {
        var lines = Enumerable.Range(0, 50)
            .Select(i =>
                $"~ node{i % 3} 2026.03.12@x 2026-03-12 12:00:{i:00} zone-{i % 4} :: WARN :: "
                    + $"{(i % 2 == 0 ? "pump is slow" : "valve number three is open")}");

        var entries = Read(string.Join('\n', lines));

        Assert.Equal(["pump is slow", "valve number three is open"], entries.Select(entry => entry.Message).Distinct().Order());
        Assert.All(entries, entry => Assert.Equal(Proto.EntryLevel.Warning, entry.Level));
    }

    [Fact]
    public void Cuts_a_line_of_any_length()
    {
        var entries = Read($"2026-03-12 12:00:01 ERROR {new string('x', 3_000_000)}\n2026-03-12 12:00:02 INFO next\n");

        Assert.Equal(2, entries.Count);
        Assert.InRange(entries[0].Message.Length, 1, LogReader.MaxMessageLength);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\r\n")]
    [InlineData("\0\0\0")]
    public void Finds_nothing_in_nothing(string text) => Assert.True(Read(text).Count <= 1);

    private static List<LogEntry> Read(string text) => [.. LogReader.Read(new StringReader(text), s_reference)];
}
