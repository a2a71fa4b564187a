using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Google.Rpc;
using Grpc.Core;
using Priority = FaultMaven.Protos.Session.V1.Case.Types.Priority;
using Relation = FaultMaven.Protos.Session.V1.CaseLink.Types.Relation;
using Severity = FaultMaven.Protos.Session.V1.Case.Types.Severity;

namespace FaultMaven.Sessions.Tests;

public sealed class DescribingACase(CasesHost host) : IClassFixture<CasesHost>
{
    [Fact]
    public async Task Keeps_what_is_said_of_it_when_it_is_created_redacted_and_in_order()
    {
        var other = await host.CreateCaseAsync();

        var created = await host.Client.CreateCaseAsync(
            new()
            {
                Title = "Login fails",
                Case = new()
                {
                    Description = "Reported by jane.doe@example.com",
                    Priority = Priority.High,
                    Severity = Severity.Major,
                    Tags = { "web", "auth", "web" },
                    Service = "login-api",
                    Links = { Link(Relation.Follows, other.Name), Link(Relation.Follows, other.Name) },
                },
            },
            cancellationToken: CasesHost.Cancel);

        Assert.Equal("Reported by <EMAIL_ADDRESS_1>", created.Description);
        Assert.Equal((Priority.High, Severity.Major, "login-api"), (created.Priority, created.Severity, created.Service));
        Assert.Equal(["auth", "web"], created.Tags);
        Assert.Equal([Link(Relation.Follows, other.Name)], created.Links);
        Assert.Equal($"person:{Environment.UserName}", created.Owner);
        Assert.Equal(created, await host.GetCaseAsync(created.Name));
    }

    [Fact]
    public async Task Changes_only_the_fields_of_the_mask_and_says_in_an_event_which()
    {
        var created = await CreateAsync(new() { Priority = Priority.Low, Service = "search", Tags = { "a" }, Description = "old" });

        var updated = await UpdateAsync(
            new() { Name = created.Name, Title = "ignored", Priority = Priority.Critical, Description = "ignored" }, "priority", "tags");

        Assert.Equal((Priority.Critical, "search", "old"), (updated.Priority, updated.Service, updated.Description));
        Assert.Empty(updated.Tags);
        Assert.Equal(created.Title, updated.Title);
        var events = await host.Client.ListCaseEventsAsync(new() { Parent = created.Name }, cancellationToken: CasesHost.Cancel);
        Assert.Equal(["priority", "tags"], events.Events[^1].CaseUpdated.UpdateMask.Paths);
        Assert.Equal(new Proto.Case { Priority = Priority.Critical }, events.Events[^1].CaseUpdated.Case);
    }

    [Fact]
    public async Task Changes_what_is_set_where_there_is_no_mask_and_everything_for_a_star()
    {
        var created = await CreateAsync(new() { Service = "search", Severity = Severity.Minor });

        var set = await UpdateAsync(new() { Name = created.Name, Severity = Severity.Critical });
        var all = await UpdateAsync(new() { Name = created.Name, Title = "New" }, "*");

        Assert.Equal(("search", Severity.Critical), (set.Service, set.Severity));
        Assert.Equal(("New", "", Severity.Unspecified), (all.Title, all.Service, all.Severity));
    }

    [Fact]
    public async Task Refuses_labels_that_would_have_to_be_redacted()
    {
        Assert.Equal("case.tags", await RefusedFieldAsync(new() { Tags = { "ok", "10.20.30.40" } }));
        Assert.Equal("case.service", await RefusedFieldAsync(new() { Service = "10.20.30.40" }));
    }

    [Fact]
    public async Task Refuses_labels_and_levels_of_another_form()
    {
        Assert.Equal("case.tags[1]", await RefusedFieldAsync(new() { Tags = { "ok", "Not OK" } }));
        Assert.Equal("case.tags", await RefusedFieldAsync(new() { Tags = { Enumerable.Range(0, 21).Select(i => $"t{i}") } }));
        Assert.Equal("case.service", await RefusedFieldAsync(new() { Service = "a b" }));
        Assert.Equal("case.description", await RefusedFieldAsync(new() { Description = new string('x', 8_001) }));
        Assert.Equal("case.priority", await RefusedFieldAsync(new() { Priority = (Priority)77 }));
        Assert.Equal("case.severity", await RefusedFieldAsync(new() { Severity = (Severity)77 }));
    }

    [Fact]
    public async Task Links_only_to_other_cases_that_there_are()
    {
        var created = await host.CreateCaseAsync();
        const string Missing = "cases/00000000000000000000000000000000";

        var self = await CasesHost.FaultOf(() =>
            UpdateAsync(new() { Name = created.Name, Links = { Link(Relation.CausedBy, created.Name) } }));
        var missing = await CasesHost.FaultOf(() =>
            UpdateAsync(new() { Name = created.Name, Links = { Link(Relation.CausedBy, Missing) } }));
        var unrelated = await CasesHost.FaultOf(() =>
            UpdateAsync(new() { Name = created.Name, Links = { Link(Relation.Unspecified, Missing) } }));

        Assert.Equal("case.links[0].case", FieldOf(self));
        Assert.Equal(ErrorReason.CaseNotFound, RpcFault.ReasonOf(missing));
        Assert.Equal("case.links[0].relation", FieldOf(unrelated));
    }

    [Fact]
    public async Task Finds_and_sorts_cases_by_it()
    {
        var tag = $"t{Guid.NewGuid():N}";
        var low = await CreateAsync(new() { Tags = { tag, "db" }, Priority = Priority.Low, Service = "orders" });
        var high = await CreateAsync(new() { Tags = { tag }, Priority = Priority.High, Severity = Severity.Major, Description = "Disk" });
        var none = await CreateAsync(new() { Tags = { tag } });

        Assert.Equal([none.Name, high.Name, low.Name], await FindAsync($"tags:{tag}"));
        Assert.Equal([low.Name], await FindAsync($"tags:{tag} AND tags:db"));
        Assert.Equal([high.Name], await FindAsync($"tags:{tag} AND priority >= MEDIUM"));
        Assert.Equal([none.Name, low.Name], await FindAsync($"tags:{tag} AND priority < PRIORITY_MEDIUM"));
        Assert.Equal([high.Name], await FindAsync($"tags:{tag} AND severity = MAJOR AND description:disk"));
        Assert.Equal([low.Name], await FindAsync($"tags:{tag} AND service = \"ord*\""));
        Assert.Equal([high.Name, low.Name, none.Name], await FindAsync($"tags:{tag}", "priority desc"));
    }

    private static Proto.CaseLink Link(Relation relation, string name) => new() { Relation = relation, Case = name };

    private static string FieldOf(RpcException fault) => fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Single().Field;

    private async Task<Proto.Case> CreateAsync(Proto.Case details) =>
        await host.Client.CreateCaseAsync(new() { Case = details }, cancellationToken: CasesHost.Cancel);

    private async Task<Proto.Case> UpdateAsync(Proto.Case given, params string[] paths) => await host.Client.UpdateCaseAsync(
        new() { Case = given, UpdateMask = new() { Paths = { paths } } }, cancellationToken: CasesHost.Cancel);

    private async Task<string> RefusedFieldAsync(Proto.Case details)
    {
        var fault = await CasesHost.FaultOf(() => CreateAsync(details));
        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
        return FieldOf(fault);
    }

    private async Task<IEnumerable<string>> FindAsync(string filter, string orderBy = "") =>
        (await host.Client.ListCasesAsync(new() { Filter = filter, OrderBy = orderBy }, cancellationToken: CasesHost.Cancel))
            .Cases.Select(found => found.Name);
}
