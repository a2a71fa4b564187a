using System.Net;
using System.Text.Json;
using Aspire.Hosting.Testing;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;

namespace FaultMaven.AppHost.Tests;

public sealed class TheDistributedSystem(DistributedFaultMaven system) : IClassFixture<DistributedFaultMaven>
{
    public static TheoryData<string, string> ReflectedServices => new()
    {
        { ResourceNames.Redaction, "faultmaven.redaction.v1.RedactionService" },
        { ResourceNames.Data, "faultmaven.data.v1.DataService" },
        { ResourceNames.Knowledge, "faultmaven.knowledge.v1.KnowledgeService" },
        { ResourceNames.Session, "faultmaven.session.v1.SessionService" },
        { ResourceNames.Agent, "faultmaven.agent.v1.AgentService" },
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(ReflectedServices))]
    public async Task Lists_each_service_by_reflection(string resource, string service)
    {
        var client = new ServerReflection.ServerReflectionClient(system.Required.Channel(resource));

        using var call = client.ServerReflectionInfo(Investigation.Options(Cancel));
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, Cancel);
        Assert.True(await call.ResponseStream.MoveNext(Cancel));

        Assert.Contains(service, call.ResponseStream.Current.ListServicesResponse.Service.Select(listed => listed.Name));
    }

    [Theory]
    [InlineData(ResourceNames.Session, "/v1/cases", "cases")]
    [InlineData(ResourceNames.Agent, "/v1/failureModes", "failureModes")]
    [InlineData(ResourceNames.Knowledge, "/v1/documents", "documents")]
    public async Task Answers_get_with_json(string resource, string path, string list)
    {
        using var client = system.Required.App.CreateHttpClient(resource, "http");
        client.DefaultRequestHeaders.Add(IdentityTokens.Header, TestIdentity.TokenFor(resource));

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative), Cancel);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        Assert.True(json.RootElement.TryGetProperty(list, out _), json.RootElement.ToString());
    }

    [Fact]
    public async Task Investigates_from_upload_to_cited_answer_and_reports_it_to_the_case()
    {
        var investigation = await Investigation.OpenAsync(system.Required, Cancel);

        var evidence = await investigation.UploadSampleAsync("checkout-outage", Cancel);
        var turn = await investigation.AskAsync(Cancel);
        var end = await investigation.WatchToEndAsync(turn.Name, Cancel);

        Assert.Equal(TurnEvent.PayloadOneofCase.Completed, end.PayloadCase);
        Assert.NotEmpty(end.Completed.Claims);
        Assert.All(end.Completed.Claims, claim => Assert.NotEmpty(claim.Citations));

        // Both come from another process by way of the broker.
        var events = await investigation.WatchCaseUntilAsync(
            soFar => soFar.Count(e => e.EvidenceAdded is not null) == evidence.Count
                && soFar.Any(e => e.TurnCompleted?.Turn == turn.Name), Cancel);
        var added = events.Where(e => e.EvidenceAdded is not null).Select(e => e.EvidenceAdded.Evidence);
        Assert.Equal(evidence.Select(e => e.Name).Order(), added.Order());
    }

    [Fact]
    public async Task Reports_to_a_client_what_is_missing()
    {
        var client = system.Required.Session;

        var missing = await Assert.ThrowsAsync<RpcException>(
            async () => await client.GetCaseAsync(
                new GetCaseRequest { Name = "cases/00000000000000000000000000" }, Investigation.Options(Cancel)));

        Assert.Equal(StatusCode.NotFound, missing.StatusCode);
    }
}
