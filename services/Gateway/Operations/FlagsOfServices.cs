using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;
using FlagClient = FaultMaven.Protos.Operations.V1.FlagService.FlagServiceClient;

namespace FaultMaven.Gateway.Operations;

/// <summary>The flags of all services. Each service answers for its own, so they are put together here instead of forwarded.</summary>
internal sealed class FlagsOfServices(EachService services) : FlagService.FlagServiceBase
{
    private const int DefaultPageSize = 50;

    public override async Task<ListFlagsResponse> ListFlags(ListFlagsRequest request, ServerCallContext context)
    {
        var page = KeysetPage.Of(request, DefaultPageSize, EachService.MaxPageSize);
        var flags = await services.ReadAllAsync<FlagClient, Flag>(async (client, token) =>
        {
            var answer = await client.ListFlagsAsync(
                new() { PageSize = EachService.MaxPageSize, PageToken = token }, cancellationToken: context.CancellationToken);
            return (answer.Flags, answer.NextPageToken);
        });
        var (items, next) = EachService.Cut(flags, flag => flag.Name, page);
        return new ListFlagsResponse { Flags = { items }, NextPageToken = next };
    }

    public override Task<Flag> SetFlag(SetFlagRequest request, ServerCallContext context) =>
        services.AskAsync<FlagClient, Flag>(
            ServiceOf(request.Name),
            () => Missing(request.Name),
            client => client.SetFlagAsync(request, cancellationToken: context.CancellationToken));

    public override Task<Flag> ResetFlag(ResetFlagRequest request, ServerCallContext context) =>
        services.AskAsync<FlagClient, Flag>(
            ServiceOf(request.Name),
            () => Missing(request.Name),
            client => client.ResetFlagAsync(request, cancellationToken: context.CancellationToken));

    private static string ServiceOf(string name) => NameField.Parse<FlagName>(name, "name").Service;

    private static RpcException Missing(string name) => RpcFault.NotFound(ErrorReason.FlagNotFound, name);
}
