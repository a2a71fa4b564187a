using System.Net;
using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;

namespace FaultMaven.Contracts.Tests;

public sealed class ARunningSystem : IAsyncLifetime
{
    private FaultMavenHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await FaultMavenHost.StartAsync(Cancel);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Lists_its_services_by_reflection()
    {
        using var call = new ServerReflection.ServerReflectionClient(_host.Channel).ServerReflectionInfo(cancellationToken: Cancel);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, Cancel);
        await call.ResponseStream.MoveNext(Cancel);

        var services = call.ResponseStream.Current.ListServicesResponse.Service.Select(s => s.Name);
        Assert.Equal(
            [
                "faultmaven.agent.v1.AgentService",
                "faultmaven.data.v1.DataService",
                "faultmaven.identity.v1.ApiKeyService",
                "faultmaven.knowledge.v1.KnowledgeService",
                "faultmaven.operations.v1.AuditService",
                "faultmaven.operations.v1.FlagService",
                "faultmaven.operations.v1.OutboxService",
                "faultmaven.operations.v1.SettingsService",
                "faultmaven.operations.v1.TenantService",
                "faultmaven.redaction.v1.RedactionPolicyService",
                "faultmaven.redaction.v1.RedactionService",
                "faultmaven.session.v1.SessionService",
            ],
            services.Where(name => name.StartsWith("faultmaven.", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task Says_over_gRPC_and_HTTP_that_it_is_ready()
    {
        var health = await new Health.HealthClient(_host.Channel).CheckAsync(new HealthCheckRequest(), cancellationToken: Cancel);
        using var http = _host.CreateHttpClient();

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/live", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/health/ready", Cancel)).StatusCode);
    }

    [Fact]
    public async Task Keeps_what_it_acknowledged_when_it_is_started_again()
    {
        var directory = Directory.CreateTempSubdirectory("fm-restart-");
        try
        {
            string name;
            await using (var first = await FaultMavenHost.StartAsync(directory.FullName, null, null, Cancel))
            {
                var client = new SessionService.SessionServiceClient(first.Channel);
                name = (await client.CreateCaseAsync(new() { Title = "Disk full" }, cancellationToken: Cancel)).Name;
            }

            await using var second = await FaultMavenHost.StartAsync(directory.FullName, null, null, Cancel);
            var again = new SessionService.SessionServiceClient(second.Channel);
            var found = await again.GetCaseAsync(new() { Name = name }, cancellationToken: Cancel);

            Assert.Equal("Disk full", found.Title);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
