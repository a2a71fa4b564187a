using System.Text;
using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Logs.Signals;
using FaultMaven.Data.Query.Templates;
using FaultMaven.Data.Sources;
using FsCheck;
using FsCheck.Fluent;

namespace FaultMaven.Data.Tests.Logs;

public class HostileLogs
{
    private static readonly DateTimeOffset s_reference = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    // What headers, structures and traces are made of, put together at random.
    private static readonly string[] s_pieces =
    [
        "2026-03-12T12:00:01.123Z", "2026-13-45 99:99:99", "Feb 29 23:59:60", "[", "]", "<", ">", "<34>1 ", "{\"msg\":", "{\"a\":{", "}",
        "\"", "'", "=", ":", "::", "..", "...", "/", "//", "\\", "@", "#", "-", "--", "|",
        "ERROR", "error:", "[warn]", "I0312 12:00:01.000001 1 a.go:1] ", "level=", "msg=\"", "took 12", "ms", "99999999999999999999", "0x",
        "1e999", "<*>", "<IP_ADDRESS_1>", "at ", "Caused by: ", "Traceback (most recent call last):",
        "Exception", "panic: ", "\n", "\r\n", "\r", "\t", " ", "  ", "\0", "\u001b[31m", "\u001b[", "\uFEFF", "é", "𝄞", "\uD834", "null",
        "true", "bytes (", "10.0.0.1:", ":80", "a.b.c", "timed out", "0 errors", "(", ")", "- - [", "] \"GET / HTTP/1.1\" 5",
    ];

    private static readonly Arbitrary<string> s_texts =
        Gen.Elements(s_pieces).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary();

    [Fact]
    public void Are_read_to_the_end_with_lines_in_order() => Prop.ForAll(s_texts, text =>
    {
        var entries = LogReader.Read(new StringReader(text), s_reference).ToList();

        Assert.All(entries, entry => Assert.True(entry.StartLine >= 1 && entry.StartLine <= entry.EndLine));
        Assert.Equal(entries.Select(entry => entry.StartLine).Order(), entries.Select(entry => entry.StartLine));
        Assert.All(entries.Zip(entries.Skip(1)), pair => Assert.True(pair.First.EndLine < pair.Second.StartLine));
        Assert.True(entries.Count == 0 || entries[^1].EndLine <= text.Count(c => c == '\n') + 1);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Get_signals_that_cite_lines_of_theirs() => Prop.ForAll(s_texts, text =>
    {
        var source = new EvidenceSource("cases/1/evidence/1", "x.log", text.Length, () => new StringReader(text));
        var lines = text.Count(c => c == '\n') + 1;

        var analysis = new LogAnalyzer(TimeProvider.System).Analyze(source, TestContext.Current.CancellationToken);

        Assert.All(analysis.Signals, signal => Assert.NotEmpty(signal.Citations));
        Assert.All(
            analysis.Signals.SelectMany(signal => signal.Citations),
            citation => Assert.InRange(citation.EndLine, citation.StartLine, lines));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Get_one_template_for_every_line() => Prop.ForAll(s_texts, Gen.Elements(true, false).ToArbitrary(), (text, messageOnly) =>
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var mining = new TemplateMining(messageOnly, s_reference);
        foreach (var b in bytes)
        {
            mining.Append([b]);
        }

        var log = mining.Complete();

        var expected = text.Count(c => c == '\n') + (text.Length > 0 && text[^1] != '\n' ? 1 : 0);
        Assert.Equal(expected, log.LineCount);
        Assert.Equal(expected, log.Templates.Sum(template => template.Count));
        Assert.All(Enumerable.Range(0, log.LineCount), line => Assert.InRange(log.TemplateOf(line), 1, log.Templates.Count));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Cost_linear_time()
    {
        string[] worst =
        [
            new string('[', 60_000), new string('<', 60_000), new string('"', 60_000), new string('=', 60_000),
            string.Concat(Enumerable.Repeat("a=", 30_000)),
            string.Concat(Enumerable.Repeat("a:", 30_000)), string.Concat(Enumerable.Repeat("..a", 20_000)),
            string.Concat(Enumerable.Repeat("1,", 30_000)), string.Concat(Enumerable.Repeat("/?", 30_000)),
            string.Concat(Enumerable.Repeat("error:0 ", 8_000)), string.Concat(Enumerable.Repeat("xError=", 9_000)),
            "{" + new string('[', 60_000) + "}",
        ];

        foreach (var line in worst)
        {
            var text = string.Concat(Enumerable.Repeat(line + "\n", 30));
            var source = new EvidenceSource("cases/1/evidence/1", "x.log", text.Length, () => new StringReader(text));
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));

            new LogAnalyzer(TimeProvider.System).Analyze(source, limit.Token);
            var mining = new TemplateMining(messageOnly: true, s_reference);
            mining.Append(Encoding.UTF8.GetBytes(text));
            mining.Complete();
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
