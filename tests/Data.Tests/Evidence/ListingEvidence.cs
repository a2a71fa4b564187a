using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
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
            var page = await host.Client.ListEvidenceAsync(
                new() { Parent = parent, PageSize = 2, PageToken = token }, cancellationToken: Cancel);
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

    [Fact]
    public async Task Gives_only_what_the_filter_lets_through_page_by_page()
    {
        var parent = NewCase();

        for (var i = 0; i < 5; i++)
        {
            await host.Client.UploadAsync(parent, $"{i}.log", $"log {i}\n", EvidenceType.Logs);
            await host.Client.UploadAsync(parent, $"{i}.txt", $"text {i}\n", EvidenceType.Text);
        }

        var request = new ListEvidenceRequest { Parent = parent, Filter = "type = LOGS AND file_name = \"*.log\"", PageSize = 2 };
        var names = new List<string>();

        do
        {
            var page = await host.Client.ListEvidenceAsync(request, cancellationToken: Cancel);
            names.AddRange(page.Evidence.Select(evidence => evidence.FileName));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(["0.log", "1.log", "2.log", "3.log", "4.log"], names);
    }

    [Fact]
    public async Task Skips_nothing_when_evidence_of_the_page_before_is_deleted()
    {
        var parent = NewCase();

        for (var i = 0; i < 4; i++)
        {
            await host.Client.UploadAsync(parent, $"{i}.log", $"log {i}\n");
        }

        var first = await host.Client.ListEvidenceAsync(new() { Parent = parent, PageSize = 2 }, cancellationToken: Cancel);
        await host.Client.DeleteEvidenceAsync(new() { Name = first.Evidence[0].Name }, cancellationToken: Cancel);
        var second = await host.Client.ListEvidenceAsync(
            new() { Parent = parent, PageSize = 2, PageToken = first.NextPageToken }, cancellationToken: Cancel);

        Assert.Equal(["2.log", "3.log"], second.Evidence.Select(evidence => evidence.FileName));
    }
}
