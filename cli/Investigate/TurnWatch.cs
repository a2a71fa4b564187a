using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Agent.V1;
using Grpc.Core;

namespace FaultMaven.Cli.Investigate;

/// <summary>Follows a turn to its end, and takes it up again where it was when the connection or the service goes.</summary>
internal sealed class TurnWatch(AgentService.AgentServiceClient agent, IProgressDisplay display)
{
    // Each attempt waits for its connection as the channel says; this many in a row without one event, and the service is gone.
    private const int MaxAttemptsWithoutProgress = 5;

    private readonly List<PhaseReached> _phases = [];
    private readonly Dictionary<string, Hypothesis> _hypotheses = [];
    private long _sequence;

    public IReadOnlyList<PhaseReached> Phases => _phases;

    /// <summary>Tells of what happens until the turn has its answer.</summary>
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

            display.Tell("[yellow]The connection was lost; going on where it was.[/]");
        }
    }

    private static bool IsWorthAnotherTry(RpcException exception) => exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded;

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
                    throw new CommandFailedException(ExitCode.Refused, $"The investigation ended without an answer: {turnEvent.Failed.Error.Message}");
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
                display.Tell($"[bold]{PhaseNames.Title(phase.Phase)}[/] [dim]{PrintableText.Markup(phase.Reason)}[/]");
                break;
            case TurnEvent.PayloadOneofCase.FindingAdded:
                var finding = turnEvent.FindingAdded;
                _phases.LastOrDefault(reached => reached.Phase == finding.Phase)?.Findings.Add(finding.Finding);
                display.Tell($"  • {PrintableText.Markup(finding.Finding.Text)}");
                break;
            case TurnEvent.PayloadOneofCase.HypothesisUpdated:
                Take(turnEvent.HypothesisUpdated);
                break;
            case TurnEvent.PayloadOneofCase.ToolCall:
                display.Show($"{PrintableText.Markup(turnEvent.ToolCall.Tool)}: {PrintableText.Markup(turnEvent.ToolCall.Input)}");
                break;
        }
    }

    private void Take(Hypothesis hypothesis)
    {
        var isNews = !_hypotheses.TryGetValue(hypothesis.Id, out var known) || known.State != hypothesis.State;
        _hypotheses[hypothesis.Id] = hypothesis;

        if (isNews)
        {
            display.Tell($"  {HypothesisText.Line(hypothesis)}");
        }
    }
}
