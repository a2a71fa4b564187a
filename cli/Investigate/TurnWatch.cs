using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Agent.V1;
using Grpc.Core;

namespace FaultMaven.Cli.Investigate;

/// <summary>Follows a turn to its end, and resumes where it was when the connection breaks.</summary>
internal sealed class TurnWatch(AgentService.AgentServiceClient agent, IProgressDisplay display)
{
    // Each attempt waits for a connection as the channel is configured; after this many without an event, the service is gone.
    private const int MaxAttemptsWithoutProgress = 5;

    private readonly List<PhaseReached> _phases = [];
    private long _sequence;

    public IReadOnlyList<PhaseReached> Phases => _phases;

    /// <summary>Shows the events of a turn until its answer.</summary>
    /// <exception cref="CommandFailedException">The turn ended without an answer.</exception>
    public async Task<Answer> ToAnswerAsync(string turn, CancellationToken cancellationToken)
    {
        var withoutProgress = 0;
        while (true)
        {
            var before = _sequence;
            RpcException? lost = null;
            try
            {
                if (await ReadAsync(turn, cancellationToken) is { } answer)
                {
                    return answer;
                }
            }
            catch (RpcException exception) when (IsWorthAnotherTry(exception) && !cancellationToken.IsCancellationRequested)
            {
                lost = exception;
            }

            withoutProgress = _sequence > before ? 0 : withoutProgress + 1;
            if (withoutProgress == MaxAttemptsWithoutProgress)
            {
                throw lost ?? new RpcException(new Status(StatusCode.Unavailable, "the turn's events ended without an answer"));
            }

            display.Print("[yellow]The connection was lost; resuming.[/]");
        }
    }

    private static bool IsWorthAnotherTry(RpcException exception) =>
        exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded;

    private async Task<Answer?> ReadAsync(string turn, CancellationToken cancellationToken)
    {
        using var call = agent.WatchTurn(new() { Name = turn, AfterSequence = _sequence }, cancellationToken: cancellationToken);

        await foreach (var turnEvent in call.ResponseStream.ReadAllAsync(cancellationToken))
        {
            _sequence = turnEvent.Sequence;

            switch (turnEvent.PayloadCase)
            {
                case TurnEvent.PayloadOneofCase.Completed:
                    return turnEvent.Completed;
                case TurnEvent.PayloadOneofCase.Failed:
                    throw new CommandFailedException(
                        ExitCode.Refused, $"The turn ended without an answer: {turnEvent.Failed.Error.Message}");
                default:
                    Take(turnEvent);
                    break;
            }
        }

        return null;
    }

    private void Take(TurnEvent turnEvent)
    {
        switch (turnEvent.PayloadCase)
        {
            case TurnEvent.PayloadOneofCase.PhaseEntered:
                var phase = turnEvent.PhaseEntered;
                _phases.Add(new(phase.Phase, phase.Reason));
                display.Show(PhaseNames.Activity(phase.Phase));
                break;
            case TurnEvent.PayloadOneofCase.FindingAdded:
                var finding = turnEvent.FindingAdded;
                _phases.LastOrDefault(reached => reached.Phase == finding.Phase)?.Findings.Add(finding.Finding);
                break;
            case TurnEvent.PayloadOneofCase.ToolCall:
                display.Show($"{turnEvent.ToolCall.Tool}: {turnEvent.ToolCall.Input}");
                break;
        }
    }
}
