using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Errors.V1;
using Grpc.Core;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Evidence;

public sealed class ListingEvidence(DataHost host)
{
    [Fact]
    public async Task Goes_page_by_page_from_the_oldest()
    {
        var parent = NewCase();
        var names = new List<string>();

        for (var i = 0; i < 5; i++)
        {
            names.Add((await host.Client.UploadAsync(parent, $"{i}.log", $"content {i}\n")).Name);
        }

        var listed = new List<string>();
        var sizes = new List<int>();
        var token = "";

        do
        {
            var page = await host.Client.ListEvidenceAsync(new() { Parent = parent, PageSize = 2, PageToken = token }, cancellationToken: Cancel);
            listed.AddRange(page.Evidence.Select(evidence => evidence.Name));
            sizes.Add(page.Evidence.Count);
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(names, listed);
        Assert.Equal([2, 2, 1], sizes);
    }

    [Fact]
    public async Task Finds_nothing_in_a_case_that_has_none()
    {
        Assert.Empty((await host.Client.ListEvidenceAsync(new() { Parent = NewCase() }, cancellationToken: Cancel)).Evidence);
    }

    [Fact]
    public async Task Refuses_a_token_of_another_case()
    {
        var parent = NewCase();
        await host.Client.UploadAsync(parent, "a.log", "a\n");
        await host.Client.UploadAsync(parent, "b.log", "b\n");
        var token = (await host.Client.ListEvidenceAsync(new() { Parent = parent, PageSize = 1 }, cancellationToken: Cancel)).NextPageToken;

        await FailsAsync(
            StatusCode.InvalidArgument,
            ErrorReason.InvalidPageToken,
            () => host.Client.ListEvidenceAsync(new() { Parent = NewCase(), PageToken = token }, cancellationToken: Cancel).ResponseAsync);
    }

    [Fact]
    public async Task Answers_in_json_as_well()
    {
        var parent = NewCase();
        var evidence = await host.Client.UploadAsync(parent, "a.log", "a\n");
        using var http = host.CreateHttpClient();

        var json = await http.GetStringAsync(new Uri($"/v1/{parent}/evidence?page_size=10", UriKind.Relative), Cancel);

        using var document = System.Text.Json.JsonDocument.Parse(json);
        Assert.Equal(evidence.Name, document.RootElement.GetProperty("evidence")[0].GetProperty("name").GetString());
    }
}
