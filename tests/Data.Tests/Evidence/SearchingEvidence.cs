using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Errors.V1;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Evidence;

public sealed class SearchingEvidence(DataHost host)
{
    [Fact]
    public async Task Cites_the_lines_file_by_file_in_upper_and_lower_case()
    {
        var parent = NewCase();
        var first = await host.Client.UploadAsync(parent, "a.log", "ok\nDisk FULL on /var\nok\n");
        var second = await host.Client.UploadAsync(parent, "b.log", "disk full again");

        var matches = await host.Client.SearchAsync(parent, "disk full");

        Assert.Equal(
            [(first.Name, "a.log", 2, 2, "Disk FULL on /var"), (second.Name, "b.log", 1, 1, "disk full again")],
            matches.Select(match => (match.Evidence, match.FileName, match.StartLine, match.EndLine, match.Quote)));
    }

    [Fact]
    public async Task Quotes_a_long_line_where_it_matches()
    {
        var parent = NewCase();
        await host.Client.UploadAsync(parent, "a.json", new string('x', 50_000) + "needle" + new string('y', 50_000));

        var match = Assert.Single(await host.Client.SearchAsync(parent, "needle"));

        Assert.Contains("needle", match.Quote, StringComparison.Ordinal);
        Assert.InRange(match.Quote.Length, 300, 400);
    }

    [Fact]
    public async Task Ends_after_as_many_matches_as_wanted()
    {
        var parent = NewCase();
        await host.Client.UploadAsync(parent, "a.log", string.Concat(Enumerable.Range(0, 5_000).Select(i => $"error {i}\n")));

        Assert.Equal(3, (await host.Client.SearchAsync(parent, "ERROR", 3)).Count);
        Assert.Equal(100, (await host.Client.SearchAsync(parent, "ERROR")).Count);
        Assert.Equal(1_000, (await host.Client.SearchAsync(parent, "ERROR", 5_000)).Count);
    }

    [Fact]
    public async Task Does_not_look_into_other_cases()
    {
        await host.Client.UploadAsync(NewCase(), "a.log", "elsewhere\n");

        Assert.Empty(await host.Client.SearchAsync(NewCase(), "elsewhere"));
    }

    [Fact]
    public async Task Refuses_to_look_for_nothing()
    {
        await FailsAsync(StatusCode.InvalidArgument, ErrorReason.InvalidField, () => host.Client.SearchAsync(NewCase(), ""));
    }
}
