using FaultMaven.Protos.Events.V1;
using FaultMaven.Protos.Names;
using MassTransit;

namespace FaultMaven.Sessions.Cases;

/// <summary>Adds a completed turn and its answer to the log of its case, once and together.</summary>
internal sealed partial class TurnCompletedConsumer(CaseLog log, ILogger<TurnCompletedConsumer> logger) : IConsumer<TurnCompleted>
{
    public async Task Consume(ConsumeContext<TurnCompleted> context)
    {
        var message = context.Message;
        if (!CaseName.TryParse(message.Case, out var name)
            || !await log.RecordAsync(name, message.Turn, state => EventsOf(message, state), context.CancellationToken))
        {
            LogUnknownCase(message.Turn);
        }
    }

    private static List<Proto.CaseEvent> EventsOf(TurnCompleted message, CaseState state)
    {
        var events = new List<Proto.CaseEvent>();

        // A case that was closed meanwhile has a history that ends with its closing.
        if (message.Answer.Length > 0 && !state.IsClosed)
        {
            var answer = new Proto.Message { Author = Proto.Message.Types.Author.Agent, Text = message.Answer, Turn = message.Turn };
            events.Add(new() { MessageAdded = answer });
        }

        events.Add(new() { TurnCompleted = new() { Turn = message.Turn, Conclusion = message.Conclusion } });
        return events;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Turn} belongs to a case that does not exist; nothing was recorded.")]
    private partial void LogUnknownCase(string turn);
}
