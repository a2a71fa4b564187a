using System.Net.Http.Json;
using System.Text.Json.Nodes;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
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
}
