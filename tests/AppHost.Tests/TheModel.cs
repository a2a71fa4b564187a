using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;

namespace FaultMaven.AppHost.Tests;

public sealed class TheModel
{
    public static TheoryData<string, string[]> References => new()
    {
        { ResourceNames.Redaction, [ResourceNames.RabbitMq, ResourceNames.Redis, ResourceNames.Session] },
        { ResourceNames.Data, [ResourceNames.RabbitMq, ResourceNames.Redaction, ResourceNames.Redis, ResourceNames.Session] },
        { ResourceNames.Knowledge, [ResourceNames.Redaction, ResourceNames.Redis] },
        { ResourceNames.Session, [ResourceNames.RabbitMq, ResourceNames.Redaction, ResourceNames.Redis] },
        {
            ResourceNames.Agent,
            [
                ResourceNames.Data, ResourceNames.Knowledge, ResourceNames.RabbitMq, ResourceNames.Redaction, ResourceNames.Redis,
                ResourceNames.Session,
            ]
        },
        {
            ResourceNames.Gateway,
            [
                ResourceNames.Agent, ResourceNames.Data, ResourceNames.Knowledge, ResourceNames.Redaction, ResourceNames.Redis,
                ResourceNames.Session,
            ]
        },
    };

    [Fact]
    public async Task Keeps_both_stores_in_containers_where_there_are_containers()
    {
        await using var app = await DescribeAsync("containers");

        var containers = app.Resources.OfType<ContainerResource>().Select(resource => resource.Name).Order();

        Assert.Equal([ResourceNames.RabbitMq, ResourceNames.Redis], containers);
    }

    [Fact]
    public async Task Has_the_five_services_and_the_gateway_and_nothing_else_that_is_built_here()
    {
        await using var app = await DescribeAsync("containers");

        var projects = app.Resources.OfType<ProjectResource>().Select(resource => resource.Name).Order();

        Assert.Equal(DistributedFaultMaven.Services.Append(ResourceNames.Gateway).Order(), projects);
    }

    [Theory]
    [MemberData(nameof(References))]
    public async Task Lets_a_service_reach_what_it_uses_and_no_more(string service, string[] uses)
    {
        await using var app = await DescribeAsync("containers");

        var references = app.Resources.Single(resource => resource.Name == service).Annotations
            .OfType<ResourceRelationshipAnnotation>()
            .Where(relationship => relationship.Type == "Reference" && relationship.Resource is not ParameterResource)
            .Select(relationship => relationship.Resource.Name)
            .Distinct()
            .Order();

        Assert.Equal(uses, references);
    }

    [Fact]
    public async Task Refuses_an_infrastructure_that_it_does_not_know()
    {
        var refusal = await Assert.ThrowsAsync<Aspire.Hosting.DistributedApplicationException>(() => DescribeAsync("cloud"));

        Assert.Contains("FAULTMAVEN_INFRASTRUCTURE is 'cloud'", refusal.Message, StringComparison.Ordinal);
    }

    private static Task<IDistributedApplicationTestingBuilder> DescribeAsync(string infrastructure) =>
        AppHosts.DescribeAsync(infrastructure, Path.GetTempPath(), TestContext.Current.CancellationToken);
}
