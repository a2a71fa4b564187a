using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Errors.V1;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Evidence;

public sealed class ReadingLines(DataHost host)
{
    [Theory]
    [InlineData(0, 0, 1, 100)]
    [InlineData(1, 1, 1, 1)]
    [InlineData(49_990, 50_010, 49_990, 11)]
    [InlineData(30_000, 0, 30_000, 100)]
    [InlineData(50_001, 50_002, 50_001, 0)]
    [InlineData(1, 2_147_483_647, 1, 2_000)]
    public async Task Gives_those_that_are_there(int from, int to, int start, int count)
    {
        var evidence = await host.Client.UploadAsync(
            NewCase(), "app.log", string.Concat(Enumerable.Range(1, 50_000).Select(i => $"line {i}\n")));

        var response = await ReadAsync(evidence.Name, from, to);

        Assert.Equal(start, response.StartLine);
        Assert.Equal(Enumerable.Range(start, count).Select(i => $"line {i}"), response.Lines);
    }

    [Fact]
    public async Task Cuts_lines_that_are_too_long_and_stops_before_the_answer_is()
    {
        var evidence = await host.Client.UploadAsync(
            NewCase(), "app.log", string.Concat(Enumerable.Repeat(new string('x', 20_000) + "\n", 500)));

        var response = await ReadAsync(evidence.Name, 1, 500);

        Assert.InRange(response.Lines.Count, 100, 200);
        Assert.All(response.Lines, line => Assert.Equal(16_384, line.Length));
    }

    [Theory]
    [InlineData(-1, 0, "start_line")]
    [InlineData(5, 4, "end_line")]
    public async Task Refuses_an_invalid_range(int from, int to, string field)
    {
        var exception = await FailsAsync(
            StatusCode.InvalidArgument, ErrorReason.InvalidField, () => ReadAsync($"{NewCase()}/evidence/a", from, to));

        Assert.Contains(field, exception.Status.Detail, StringComparison.Ordinal);
    }

    private async Task<ReadEvidenceLinesResponse> ReadAsync(string name, int from, int to) =>
        await host.Client.ReadEvidenceLinesAsync(new() { Name = name, StartLine = from, EndLine = to }, cancellationToken: Cancel);
}
