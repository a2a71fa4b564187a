using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Identity.V1;
using FaultMaven.Protos.Knowledge.V1;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Errors;
using Google.Api;
using Google.Protobuf.Reflection;
using Grpc.Core;
using ErrorReason = FaultMaven.Protos.Errors.V1.ErrorReason;

namespace FaultMaven.Contracts.Tests;

public sealed class TheContract
{
    private static readonly ServiceDescriptor[] s_services =
    [
        AgentService.Descriptor, ApiKeyService.Descriptor, AuditService.Descriptor, DataService.Descriptor, KnowledgeService.Descriptor,
        OutboxService.Descriptor, RedactionPolicyService.Descriptor, RedactionService.Descriptor, SessionService.Descriptor,
        TenantService.Descriptor,
    ];

    // The packages whose fields say who sets them and whose resources have types.
    private static readonly string[] s_annotated = ["faultmaven.identity.v1", "faultmaven.operations.v1", "faultmaven.session.v1"];

    public static TheoryData<string> Messages =>
    [
        .. s_services.Select(service => service.File).Distinct().Where(file => s_annotated.Contains(file.Package))
            .SelectMany(file => file.MessageTypes).Select(message => message.FullName),
    ];

    public static TheoryData<string> Methods => [.. s_services.SelectMany(s => s.Methods).Select(m => m.FullName)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Reaches_every_RPC_as_JSON_unless_the_caller_streams(string method)
    {
        var descriptor = Find(method);
        var rule = descriptor.GetOptions()?.GetExtension(AnnotationsExtensions.Http);

        Assert.Equal(!descriptor.IsClientStreaming, rule is not null);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Marks_reads_as_free_of_side_effects(string method)
    {
        var descriptor = Find(method);
        var reads = descriptor.Name.StartsWith("Get", StringComparison.Ordinal)
            || descriptor.Name.StartsWith("List", StringComparison.Ordinal)
            || descriptor.Name.StartsWith("Search", StringComparison.Ordinal)
            || descriptor.Name.StartsWith("Read", StringComparison.Ordinal)
            || descriptor.Name.StartsWith("Find", StringComparison.Ordinal)
            || descriptor.Name.StartsWith("Watch", StringComparison.Ordinal)
            || descriptor.Name.StartsWith("Inspect", StringComparison.Ordinal)
            || descriptor.Name.StartsWith("Mine", StringComparison.Ordinal)
            || descriptor.Name.StartsWith("Query", StringComparison.Ordinal)
            || descriptor.Name.StartsWith("Render", StringComparison.Ordinal)
            || descriptor.Name.StartsWith("Verify", StringComparison.Ordinal);

        Assert.Equal(reads, descriptor.GetOptions()?.IdempotencyLevel == MethodOptions.Types.IdempotencyLevel.NoSideEffects);
    }

    [Fact]
    public void Pages_every_list()
    {
        var lists = s_services.SelectMany(s => s.Methods).Where(m => m.Name.StartsWith("List", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(lists);
        Assert.All(lists, list =>
        {
            Assert.NotNull(list.InputType.FindFieldByName("page_size"));
            Assert.NotNull(list.InputType.FindFieldByName("page_token"));
            Assert.NotNull(list.OutputType.FindFieldByName("next_page_token"));
        });
    }

    [Fact]
    public void Names_every_reason_so_that_clients_can_read_it_back()
    {
        foreach (var reason in Enum.GetValues<ErrorReason>().Where(r => r != ErrorReason.Unspecified))
        {
            Assert.StartsWith("ERROR_REASON_", RpcFault.NameOf(reason), StringComparison.Ordinal);
            Assert.Equal(reason, RpcFault.ReasonOf(RpcFault.Unavailable(reason, "A message.")));
        }
    }

    [Fact]
    public void Gives_every_reason_one_status_code()
    {
        var reasons = Enum.GetValues<ErrorReason>().Where(r => r != ErrorReason.Unspecified);

        Assert.All(
            reasons,
            reason => Assert.False(RpcFault.StatusOf(reason) is StatusCode.OK or StatusCode.Unknown, $"{reason} has no status code."));
        Assert.All(reasons, reason => Assert.Equal(RpcFault.StatusOf(reason), RpcFault.InvalidArgument(reason, "A message.").StatusCode));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Says_of_every_field_who_sets_it(string message)
    {
        var descriptor = FindMessage(message);
        var fields = IsResource(descriptor) || descriptor.Name.EndsWith("Request", StringComparison.Ordinal)
            ? descriptor.Fields.InDeclarationOrder().Where(field => field.RealContainingOneof is null)
            : [];

        Assert.All(fields, field => Assert.True(
            field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior) is { Count: > 0 },
            $"{field.FullName} has no field_behavior."));
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public void Names_the_type_of_every_resource(string message)
    {
        var descriptor = FindMessage(message);
        var isNamed = descriptor.FindFieldByName("name") is not null && !descriptor.Name.EndsWith("Request", StringComparison.Ordinal);

        Assert.Equal(isNamed, IsResource(descriptor));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Makes_repeats_of_a_change_safe(string method)
    {
        var descriptor = Find(method);
        if (!s_annotated.Contains(descriptor.File.Package))
        {
            return;
        }

        string? wanted = descriptor.Name switch
        {
            var name when name.StartsWith("Create", StringComparison.Ordinal) => "request_id",
            var name when name.StartsWith("Delete", StringComparison.Ordinal) => "allow_missing",
            _ => null,
        };
        Assert.True(wanted is null || descriptor.InputType.FindFieldByName(wanted) is not null, $"{method} lacks {wanted}.");
    }

    private static bool IsResource(MessageDescriptor message) =>
        message.GetOptions()?.GetExtension(ResourceExtensions.Resource) is not null;

    private static MessageDescriptor FindMessage(string name) => s_services
        .SelectMany(service => service.File.MessageTypes).Distinct().Single(message => message.FullName == name);

    private static MethodDescriptor Find(string name) => s_services.SelectMany(s => s.Methods).Single(m => m.FullName == name);
}
