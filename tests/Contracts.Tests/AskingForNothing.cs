using FaultMaven.Protos;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.Tests.Shared;
using Google.Api;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using ErrorReason = FaultMaven.Protos.Errors.V1.ErrorReason;

namespace FaultMaven.Contracts.Tests;

/// <summary>Every RPC, asked with a request that lacks all that the contract requires, and with more than it allows.</summary>
public sealed class AskingForNothing(AskingForNothing.Host host) : IClassFixture<AskingForNothing.Host>
{
    public static TheoryData<string> Methods => [.. Permissions.Methods.Order(StringComparer.Ordinal)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Is_refused_with_every_field_that_is_required(string method)
    {
        var fault = await FaultOfAsync(method, []);

        // What content lacks is said by reasons of its own.
        var required = MethodOf(method).InputType.Fields.InDeclarationOrder()
            .Where(field => field.FieldType != FieldType.Bytes && Behaves(field)).Select(field => field.Name).ToList();
        var named = fault?.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations.Select(violation => violation.Field) ?? [];
        Assert.Empty(required.Except(named));
        Assert.NotEqual(StatusCode.Internal, fault?.StatusCode);
    }

    [Fact]
    public async Task Names_all_that_is_wrong_at_once()
    {
        var request = new CloseCaseRequest { Name = "nope", Reason = new string('x', 2_001), RequestId = "not an id" };

        var fault = await FaultOfAsync("/faultmaven.session.v1.SessionService/CloseCase", request.ToByteArray());

        Assert.Equal((StatusCode.InvalidArgument, ErrorReason.InvalidField), (fault!.StatusCode, RpcFault.ReasonOf(fault)));
        Assert.Equal(
            [
                ("name", "must look like cases/{case}"),
                (
                    "resolution",
                    "must be RESOLUTION_RESOLVED, RESOLUTION_DUPLICATE, RESOLUTION_FALSE_ALARM, RESOLUTION_ABANDONED or RESOLUTION_WONT_FIX"
                ),
                ("reason", "must have at most 2000 characters"),
                ("request_id", "must have 1 to 64 letters, digits or hyphens"),
            ],
            fault.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(wrong => (wrong.Field, wrong.Description)));
    }

    private static MethodDescriptor MethodOf(string method) => Contract.Services
        .Single(service => method.StartsWith($"/{service.FullName}/", StringComparison.Ordinal)).FindMethodByName(method.Split('/')[2]);

    private static bool Behaves(FieldDescriptor field) =>
        field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior)?.Contains(FieldBehavior.Required) is true;

    private async Task<RpcException?> FaultOfAsync(string method, byte[] request)
    {
        var raw = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);
        var parts = method.Split('/');
        using var call = host.Running.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(
            new Method<byte[], byte[]>(MethodType.DuplexStreaming, parts[1], parts[2], raw, raw),
            null,
            new CallOptions(cancellationToken: Cancel));
        try
        {
            await call.RequestStream.WriteAsync(request, Cancel);
            await call.RequestStream.CompleteAsync();
            while (await call.ResponseStream.MoveNext(Cancel))
            {
            }

            return null;
        }
        catch (RpcException exception)
        {
            return exception;
        }
    }

    public sealed class Host : IAsyncLifetime
    {
        internal FaultMavenHost Running { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Running = await FaultMavenHost.StartAsync(Cancel);

        public ValueTask DisposeAsync() => Running.DisposeAsync();
    }
}
