using FaultMaven.Protos.Events.V1;
using MassTransit;

namespace FaultMaven.Sessions.Cases;

/// <summary>Enters a completed turn into the log of its case, once.</summary>
internal sealed partial class TurnCompletedConsumer(CaseLog log, ILogger<TurnCompletedConsumer> logger) : IConsumer<TurnCompleted>
{
    public async Task Consume(ConsumeContext<TurnCompleted> context)
    {
        var message = context.Message;
        var completed = new Proto.CaseEvent
        {
            TurnCompleted = new Proto.TurnCompleted { Turn = message.Turn, Conclusion = message.Conclusion },
        };
        if (!await log.AppendOnceAsync(message.Case, completed, message.Turn, context.CancellationToken))
        {
            LogUnknownCase(message.Turn);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Turn} belongs to a case that does not exist; nothing was recorded.")]
    private partial void LogUnknownCase(string turn);
}
