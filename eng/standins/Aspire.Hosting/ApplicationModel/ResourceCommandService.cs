using Aspire.Hosting.Running;

namespace Aspire.Hosting.ApplicationModel;

public static class KnownResourceCommands
{
    public static readonly string StartCommand = "start";
    public static readonly string StopCommand = "stop";
    public static readonly string RestartCommand = "restart";
}

public sealed class ExecuteCommandResult
{
    public required bool Success { get; init; }

    public string? Message { get; init; }
}

/// <summary>Stops and starts resources.</summary>
public sealed class ResourceCommandService
{
    private readonly Orchestrator _orchestrator;

    internal ResourceCommandService(Orchestrator orchestrator) => _orchestrator = orchestrator;

    public async Task<ExecuteCommandResult> ExecuteCommandAsync(string resourceId, string commandName, CancellationToken cancellationToken = default)
    {
        if (_orchestrator.Find(resourceId) is not { } process)
        {
            return new ExecuteCommandResult { Success = false, Message = $"Resource '{resourceId}' not found." };
        }

        if (commandName == KnownResourceCommands.StopCommand || commandName == KnownResourceCommands.RestartCommand)
        {
            await process.StopAsync(cancellationToken);
        }

        if (commandName == KnownResourceCommands.StartCommand || commandName == KnownResourceCommands.RestartCommand)
        {
            await process.StartAsync(cancellationToken);
        }

        return new ExecuteCommandResult { Success = true };
    }
}
