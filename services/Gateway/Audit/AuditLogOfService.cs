using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Audit;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;
using Grpc.Net.ClientFactory;

namespace FaultMaven.Gateway.Audit;

/// <summary>The audit log of a service in another process, read there for whoever asks here.</summary>
internal sealed class AuditLogOfService(string service, GrpcClientFactory clients) : IAuditSource
{
    private readonly string _name = new AuditLogName(service).ToString();

    public string Service => service;

    /// <summary>The name of the client for a service.</summary>
    public static string ClientOf(string service) => $"{service}-audit";

    public async Task<AuditPage> ReadAsync(AuditQuery query, long after, int size, CancellationToken cancellationToken)
    {
        var request = new ListAuditEntriesRequest
        {
            Parent = _name,
            PageSize = size,
            Filter = query.Filter,
            OldestFirst = query.OldestFirst,
            AfterSequence = after,
        };
        var page = await CallAsync(client => client.ListAuditEntriesAsync(request, cancellationToken: cancellationToken));
        return new AuditPage(page.AuditEntries, page.ReachedSequence, page.NextPageToken.Length > 0);
    }

    public async Task<AuditLog> VerifyAsync(VerifyAuditLogsRequest request, CancellationToken cancellationToken)
    {
        var own = new VerifyAuditLogsRequest(request) { Name = _name };
        return (await CallAsync(client => client.VerifyAuditLogsAsync(own, cancellationToken: cancellationToken))).AuditLogs[0];
    }

    private async Task<T> CallAsync<T>(Func<AuditService.AuditServiceClient, AsyncUnaryCall<T>> call)
    {
        try
        {
            return await ServiceCall.To(
                service,
                ErrorReason.ServiceUnavailable,
                async () => await call(clients.CreateClient<AuditService.AuditServiceClient>(ClientOf(service))));
        }
        catch (RpcException exception) when (RpcFault.ReasonOf(exception) is not (ErrorReason.Unspecified or ErrorReason.Internal))
        {
            throw RpcFault.PassOn(exception);
        }
    }
}
