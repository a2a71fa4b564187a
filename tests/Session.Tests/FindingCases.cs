using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.Tests.Shared;
using Google.Rpc;
using Grpc.Core;

namespace FaultMaven.Sessions.Tests;

public sealed class FindingCases(CasesHost host) : IClassFixture<CasesHost>
{
    [Fact]
    public async Task By_a_name_that_does_not_exist_fails_with_the_name()
    {
        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.GetCaseAsync(new() { Name = "cases/nowhere" }, cancellationToken: CasesHost.Cancel));

        Assert.Equal(StatusCode.NotFound, fault.StatusCode);
        Assert.Equal(ErrorReason.CaseNotFound, RpcFault.ReasonOf(fault));
        Assert.Equal("cases/nowhere", fault.GetRpcStatus()!.GetDetail<ErrorInfo>()!.Metadata["name"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("cases/")]
    [InlineData("cases/UPPER")]
    [InlineData("cases/a/b")]
    [InlineData("cases/a\n")]
    [InlineData("sessions/a")]
    public async Task By_a_malformed_name_says_which_field_is_wrong(string name)
    {
        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.GetCaseAsync(new() { Name = name }, cancellationToken: CasesHost.Cancel));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        Assert.Equal("name", Assert.Single(fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations).Field);
    }

    [Fact]
    public async Task Page_by_page_gives_each_once_and_the_newest_first()
    {
        var created = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            created.Insert(0, (await host.CreateCaseAsync($"Case {i}")).Name);
        }

        var listed = new List<string>();
        var token = "";
        do
        {
            var page = await host.Client.ListCasesAsync(new() { PageSize = 2, PageToken = token }, cancellationToken: CasesHost.Cancel);
            listed.AddRange(page.Cases.Select(c => c.Name));
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(created, listed.Where(created.Contains));
        Assert.Equal(listed.Count, listed.Distinct().Count());
    }

    [Fact]
    public async Task With_a_token_that_no_list_gave_out_is_refused()
    {
        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await host.Client.ListCasesAsync(new() { PageToken = "made-up" }, cancellationToken: CasesHost.Cancel));

        Assert.Equal(ErrorReason.InvalidPageToken, RpcFault.ReasonOf(fault));
    }

    [Fact]
    public async Task Works_as_JSON_too()
    {
        var created = await host.CreateCaseAsync("Seen from a browser");
        using var http = host.Host.CreateHttpClient();

        var found = await http.GetFromJsonAsync<JsonObject>($"/v1/{created.Name}", CasesHost.Cancel);
        var missing = await http.GetAsync("/v1/cases/nowhere", CasesHost.Cancel);

        Assert.Equal("Seen from a browser", (string?)found!["title"]);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, missing.StatusCode);
        Assert.Contains("ERROR_REASON_CASE_NOT_FOUND", await missing.Content.ReadAsStringAsync(CasesHost.Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_by_page_repeats_nothing_when_cases_are_created_meanwhile()
    {
        await using var system = await FaultMavenHost.StartAsync(CasesHost.Cancel);
        var client = new Proto.SessionService.SessionServiceClient(system.Channel);
        for (var i = 1; i <= 4; i++)
        {
            await client.CreateCaseAsync(new() { Title = $"Case {i}" }, cancellationToken: CasesHost.Cancel);
        }

        var first = await client.ListCasesAsync(new() { PageSize = 2 }, cancellationToken: CasesHost.Cancel);
        await client.CreateCaseAsync(new() { Title = "Case 5" }, cancellationToken: CasesHost.Cancel);
        await client.DeleteCaseAsync(new() { Name = first.Cases[1].Name }, cancellationToken: CasesHost.Cancel);
        var second = await client.ListCasesAsync(
            new() { PageSize = 2, PageToken = first.NextPageToken }, cancellationToken: CasesHost.Cancel);

        Assert.Equal(["Case 4", "Case 3"], first.Cases.Select(c => c.Title));
        Assert.Equal(["Case 2", "Case 1"], second.Cases.Select(c => c.Title));
        Assert.Empty(second.NextPageToken);
    }

    [Fact]
    public async Task By_filter_and_in_an_order()
    {
        await using var system = await FaultMavenHost.StartAsync(CasesHost.Cancel);
        var client = new Proto.SessionService.SessionServiceClient(system.Channel);
        var created = new List<Proto.Case>();
        foreach (var title in new[] { "Disk b", "Disk a", "Node down", "Disk c" })
        {
            created.Add(await client.CreateCaseAsync(new() { Title = title }, cancellationToken: CasesHost.Cancel));
        }

        await client.CloseCaseAsync(
            new() { Name = created[0].Name, Resolution = Proto.Case.Types.Resolution.FalseAlarm }, cancellationToken: CasesHost.Cancel);

        Assert.Equal(["Disk c", "Disk a", "Disk b"], await ListAsync("title:disk", ""));
        Assert.Equal(["Disk b"], await ListAsync("state = CLOSED AND resolution = RESOLUTION_FALSE_ALARM", ""));
        Assert.Equal(["Disk a", "Disk b", "Disk c"], await ListAsync("title = \"Disk*\"", "title"));
        Assert.Equal(["Node down", "Disk c", "Disk b", "Disk a"], await ListAsync("", "title desc"));
        Assert.Equal(["Disk b", "Disk a", "Node down", "Disk c"], await ListAsync("", "create_time"));
        Assert.Equal("Disk b", (await ListAsync("", "update_time desc"))[0]);

        async Task<List<string>> ListAsync(string filter, string orderBy)
        {
            var titles = new List<string>();
            var request = new Proto.ListCasesRequest { PageSize = 1, Filter = filter, OrderBy = orderBy };
            do
            {
                var page = await client.ListCasesAsync(request, cancellationToken: CasesHost.Cancel);
                titles.AddRange(page.Cases.Select(c => c.Title));
                request.PageToken = page.NextPageToken;
            }
            while (request.PageToken.Length > 0);

            return titles;
        }
    }

    [Fact]
    public async Task With_a_token_of_another_filter_is_refused()
    {
        await host.CreateCaseAsync();
        await host.CreateCaseAsync();
        var page = await host.Client.ListCasesAsync(
            new() { PageSize = 1, Filter = "state = INQUIRY" }, cancellationToken: CasesHost.Cancel);

        var fault = await CasesHost.FaultOf(async () =>
            await host.Client.ListCasesAsync(new() { PageToken = page.NextPageToken }, cancellationToken: CasesHost.Cancel));

        Assert.Equal(ErrorReason.InvalidPageToken, RpcFault.ReasonOf(fault));
    }

    [Theory]
    [InlineData("titel = x", "", ErrorReason.InvalidFilter)]
    [InlineData("", "title down", ErrorReason.InvalidField)]
    [InlineData("", "size", ErrorReason.InvalidField)]
    public async Task By_what_cannot_be_read_is_refused(string filter, string orderBy, ErrorReason reason)
    {
        var fault = await CasesHost.FaultOf(async () =>
            await host.Client.ListCasesAsync(new() { Filter = filter, OrderBy = orderBy }, cancellationToken: CasesHost.Cancel));

        Assert.Equal(reason, RpcFault.ReasonOf(fault));
    }
}
