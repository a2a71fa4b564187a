using FaultMaven.Data.Analysis.Documents;
using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Tests.Extraction;

namespace FaultMaven.Data.Tests.Logs;

/// <summary>
/// A time without a year is of the year that the line's wrapper, its file or its document names, not of the year of the upload.
/// </summary>
public class ReadingTimesWithoutAYear
{
    private static readonly DateTimeOffset s_reference = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2023-03-12T12:00:02.5Z stderr F E0312 12:00:01.123456       1 reflector.go:147] watch ended", "2023-03-12T12:00:01")]
    [InlineData(
        """{"log":"Mar 12 12:00:01 web-1 sshd[812]: session opened\n","stream":"stdout","time":"2022-03-12T12:00:02.5Z"}""",
        "2022-03-12T12:00:01")]
    [InlineData("2024-01-01T00:00:00.5Z stderr F E1231 23:59:59.123456       1 reflector.go:147] watch ended", "2023-12-31T23:59:59")]
    public void Its_wrapper_names_the_year(string line, string time) =>
        Assert.Equal(time, Assert.Single(Read(line)).Time?.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss"));

    [Fact]
    public void Other_lines_of_the_file_name_the_year()
    {
        var entries = Read("""
            2023-03-12T12:00:00Z INFO kubelet starts
            E0312 12:00:01.123456       1 reflector.go:147] watch ended
            """);

        Assert.Equal(2023, entries[1].Time?.Year);
    }

    [Fact]
    public void The_document_around_a_log_names_the_year()
    {
        var signals = Analysed.Signals(new DocumentAnalyzer(TimeProvider.System), """
            {"pod_name": "web-0", "started_at": "2023-03-12T11:00:00Z",
             "logs": "E0312 12:00:01.123456 1 disk.go:147] no space left on device\nE0312 12:00:02.123456 1 disk.go:147] disk full\n"}
            """);

        Assert.Equal(2023, signals.First(signal => signal.Kind == "log.disk_full").StartTime.ToDateTime().Year);
    }

    private static List<LogEntry> Read(string text) => [.. LogReader.Read(new StringReader(text), s_reference)];
}
