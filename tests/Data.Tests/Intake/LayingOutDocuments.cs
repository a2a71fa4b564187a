using System.Text;
using FaultMaven.Data.Intake.Decoding;
using FaultMaven.Data.Tests.Hosting;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Intake;

public sealed class LayingOutDocuments(DataHost host)
{
    [Theory]
    [InlineData("""{"items":[{"a":1},{"b":[2,3]}]}""", "{\"items\":[\n{\"a\":1},\n{\"b\":[2,3]}]}")]
    [InlineData("""[[1,"x"], [2,"[{,["]]""", "[\n[1,\"x\"], \n[2,\"[{,[\"]]")]
    [InlineData("""{"a":"\\\",{\\\\","b":[{}]}""", """{"a":"\\\",{\\\\","b":[""" + "\n{}]}")]
    [InlineData("{\"level\":\"info\",\"tags\":[{}]}\n{\"level\":\"info\"}", "{\"level\":\"info\",\"tags\":[{}]}\n{\"level\":\"info\"}")]
    [InlineData("[2026-03-02T10:00:00,120][ERROR][x] y", "[2026-03-02T10:00:00,120][ERROR][x] y")]
    [InlineData("[12,[{", "[12,[{")]
    public async Task Begins_a_line_with_every_container_in_a_list(string text, string expected)
    {
        foreach (var size in new[] { 1_000, 7 })
        {
            var pieces = Encoding.UTF8.GetBytes(text).Chunk(size == 7 && text.Contains('\n') ? 1_000 : size).ToAsyncEnumerable()
                .Select(piece => (ReadOnlyMemory<byte>)piece);

            var laidOut = new StringBuilder();
            await foreach (var piece in OneLineJson.LayOutAsync(pieces, Cancel))
            {
                laidOut.Append(Encoding.UTF8.GetString(piece.Span));
            }

            Assert.Equal(expected, laidOut.ToString());
        }
    }

    [Fact]
    public async Task Makes_citations_name_the_entry()
    {
        var parent = NewCase();
        var evidence = await host.Client.UploadAsync(
            parent,
            "loki.json",
            """{"data":{"result":[{"stream":{"app":"web"},"values":[["1714557600000000000","{\"level\":\"info\",\"msg\":\"up\"}"],"""
                + """["1714557601000000000","{\"level\":\"error\",\"msg\":\"no space left on device\"}"]]}]}}""");

        var signals = (await host.Client.ListSignalsAsync(
            new() { Parent = parent, Filter = "kind = log.disk_full" }, cancellationToken: Cancel)).Signals;

        Assert.Equal((4L, 4L), (evidence.LineCount, Assert.Single(signals).Citations[0].StartLine));
        Assert.Contains("no space left on device", (await host.Client.ReadAllLinesAsync(evidence.Name))[3], StringComparison.Ordinal);
    }
}
