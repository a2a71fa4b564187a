using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using Grpc.Core;

namespace FaultMaven.Agents.Turns;

internal sealed partial class AgentGrpcService
{
    // Services that are away for longer than this are for the caller to wait for.
    private static readonly TimeSpan s_memoryWait = TimeSpan.FromSeconds(5);

    public override async Task<Proto.CaseMemory> GetCaseMemory(Proto.GetCaseMemoryRequest request, ServerCallContext context)
    {
        var name = NameField.Parse<CaseName>(request.Parent, "parent");
        await messages.EnsureExistsAsync($"{name}", context.CancellationToken);
        using var limit = new CancellationTokenSource(s_memoryWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, context.CancellationToken);
        try
        {
            var files = await evidence.ListFilesAsync($"{name}", either.Token);
            return await memories.ReadAsync(name, files, turn: null, either.Token);
        }
        catch (ServiceUnavailableException exception) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw RpcFault.Unavailable(ErrorReason.ServiceUnavailable, $"The {exception.Service} service did not answer; retry.",
                ("service", exception.Service));
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            throw RpcFault.DeadlineExceeded(ResourceNames.Agent);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            throw RpcFault.NotFound(ErrorReason.CaseNotFound, $"{name}");
        }
    }
}
