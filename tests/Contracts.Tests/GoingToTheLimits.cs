using FaultMaven.Protos;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Knowledge.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using Violation = (string Field, string Description);

namespace FaultMaven.Contracts.Tests;

/// <summary>Every RPC, with each field at its limit, one beyond it, and with many beyond theirs.</summary>
public sealed class GoingToTheLimits(GoingToTheLimits.Host host) : IClassFixture<GoingToTheLimits.Host>
{
    private const int Most = 20;
    private const int Rounds = 10;

    public static TheoryData<string> Methods => [.. Permissions.Methods.Order(StringComparer.Ordinal)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Is_refused_by_the_name_of_the_field_one_beyond_and_not_for_it_at_the_limit(string method)
    {
        var descriptor = MethodOf(method);
        foreach (var limit in RequestLimits.Of(descriptor.InputType))
        {
            var beyond = RequestOf(descriptor);
            limit.GoBeyond(beyond);
            var refused = await ViolationsOfAsync(descriptor, beyond);
            var at = RequestOf(descriptor);
            limit.GoTo(at);
            var allowed = await ViolationsOfAsync(descriptor, at);

            Assert.Contains(refused, violation => violation.Field == limit.Path);
            var problem = refused.First(violation => violation.Field == limit.Path);
            Assert.StartsWith("must ", problem.Description, StringComparison.Ordinal);
            Assert.DoesNotContain(problem, allowed);
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Is_refused_with_all_that_is_beyond_its_limit_at_once(string method)
    {
        var descriptor = MethodOf(method);
        var limits = RequestLimits.Of(descriptor.InputType);
        for (var round = 0; round < Rounds && limits.Count > 0; round++)
        {
            var random = new Random(round);
            var request = RequestOf(descriptor);
            var chosen = Choose(limits, random);
            chosen.ForEach(limit => limit.GoBeyond(request));

            var refused = await ViolationsOfAsync(descriptor, request);

            Assert.Empty(chosen.Select(limit => limit.Path).Except(refused.Select(violation => violation.Field)));
        }
    }

    [Fact]
    public async Task Is_said_of_the_first_twenty_fields_where_there_are_more()
    {
        var method = MethodOf("/faultmaven.redaction.v1.RedactionPolicyService/CreateRedactionPolicy");
        var request = new Protos.Redaction.V1.CreateRedactionPolicyRequest { RedactionPolicyId = "p", RedactionPolicy = new() };
        request.RedactionPolicy.AllowedValues.AddRange(Enumerable.Range(0, 1_000).Select(_ => new string('x', 257)));

        var refused = await ViolationsOfAsync(method, request);

        Assert.Equal(
            Enumerable.Range(0, Most).Select(index => ($"redaction_policy.allowed_values[{index}]", "must have at most 256 characters")),
            refused);
    }

    [Fact]
    public void Is_possible_for_every_text_list_and_map_of_a_request()
    {
        var unlimited = Contract.Services.SelectMany(service => service.Methods)
            .SelectMany(method => FieldsOf(method.InputType))
            .Distinct()
            .Where(field => field.IsRepeated || field.FieldType is FieldType.String or FieldType.Bytes)
            .Where(field => RequestLimits.Of(field.ContainingType).All(limit => limit.Field != field))
            .Select(field => field.FullName);

        // Names of what is made are not read, and those of what is changed are checked as the request wants it; documents have a size
        // together.
        Assert.Equal(
            "faultmaven.identity.v1.ApiKey.name faultmaven.knowledge.v1.DocumentSource.content "
                + "faultmaven.redaction.v1.RedactionPolicy.name faultmaven.session.v1.Case.name",
            string.Join(' ', unlimited.Order(StringComparer.Ordinal)));
    }

    // Those that can be in one request: of alternatives one, of a list its count or its items, and no items that the method checks where
    // the request does not get that far.
    private static List<RequestLimit> Choose(IReadOnlyList<RequestLimit> limits, Random random)
    {
        var byMethod = random.Next(2) == 0;
        var chosen = new List<RequestLimit>();
        foreach (var limit in limits.Where(limit => limit.IsByMethod == byMethod).OrderBy(_ => random.Next()))
        {
            if (chosen.All(other => CanGoTogether(limit, other)))
            {
                chosen.Add(limit);
            }
        }

        return [.. chosen.Take(random.Next(1, Most / 2))];
    }

    private static IEnumerable<FieldDescriptor> FieldsOf(MessageDescriptor type) => type.Fields.InDeclarationOrder()
        .Where(field => !RequestLimits.IsOutput(field))
        .SelectMany(field => field is { FieldType: FieldType.Message, IsMap: false } && RequestLimits.IsOurs(field.MessageType)
            ? [field, .. FieldsOf(field.MessageType)]
            : (FieldDescriptor[])[field]);

    private static bool CanGoTogether(RequestLimit one, RequestLimit other) =>
        one.Field != other.Field && !IsInside(one.Path, other.Path) && !IsInside(other.Path, one.Path)
        && (one.Alternative == other.Alternative || one.Alternative is null || other.Alternative is null);

    private static bool IsInside(string path, string other) =>
        path.StartsWith($"{other}[", StringComparison.Ordinal) || path.StartsWith($"{other}.", StringComparison.Ordinal);

    private static IMessage RequestOf(MethodDescriptor method) => new RequestAbout(OneOfEverything.Absent).Of(method).Request;

    private static MethodDescriptor MethodOf(string method) => Contract.Services
        .Single(service => method.StartsWith($"/{service.FullName}/", StringComparison.Ordinal)).FindMethodByName(method.Split('/')[2]);

    // Those that the answer is, or that a part of the answer has.
    private async Task<IReadOnlyList<Violation>> ViolationsOfAsync(MethodDescriptor method, IMessage request)
    {
        // A case that does not exist is refused before its items are looked at.
        if (request is UploadSmallFilesRequest upload && upload.Parent == OneOfEverything.Absent["faultmaven.dev/Case"])
        {
            var sessions = new SessionService.SessionServiceClient(host.Running.Channel);
            upload.Parent = (await sessions.CreateCaseAsync(new() { Title = "Limits" }, cancellationToken: Cancel)).Name;
            foreach (var item in upload.Requests)
            {
                item.Parent = item.Parent.Replace(OneOfEverything.Absent["faultmaven.dev/Case"], upload.Parent, StringComparison.Ordinal);
            }
        }

        var raw = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);
        using var call = host.Running.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(
            new Method<byte[], byte[]>(MethodType.DuplexStreaming, method.Service.FullName, method.Name, raw, raw),
            null,
            new CallOptions(cancellationToken: Cancel));
        List<Google.Rpc.Status> faults = [];
        try
        {
            await call.RequestStream.WriteAsync(request.ToByteArray(), Cancel);
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            // Refused before it was sent; the answer says why.
        }

        try
        {
            while (await call.ResponseStream.MoveNext(Cancel))
            {
                if (method.Name == "BatchImportDocuments")
                {
                    faults.AddRange(BatchImportDocumentsResponse.Parser.ParseFrom(call.ResponseStream.Current).Results
                        .Select(result => result.Error).Where(error => error is not null));
                }
            }
        }
        catch (RpcException exception)
        {
            Assert.NotEqual(StatusCode.Internal, exception.StatusCode);
            Assert.NotEqual(StatusCode.Unknown, exception.StatusCode);
            faults.Add(exception.GetRpcStatus() ?? new());
        }

        return [.. faults.Select(fault => fault.GetDetail<BadRequest>()).OfType<BadRequest>()
            .SelectMany(bad => bad.FieldViolations).Select(violation => (violation.Field, violation.Description))];
    }

    public sealed class Host : IAsyncLifetime
    {
        internal FaultMavenHost Running { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Running = await FaultMavenHost.StartAsync(Cancel);

        public ValueTask DisposeAsync() => Running.DisposeAsync();
    }
}
