using FaultMaven.Protos.Events.V1;
using FaultMaven.Protos.Names;
using MassTransit;

namespace FaultMaven.Sessions.Cases;

/// <summary>
/// Adds a completed turn and its answer to the log of its case, once and together; and a title, if the case has none that says what it is
/// about.
/// </summary>
internal sealed partial class TurnCompletedConsumer(CaseLog log, ILogger<TurnCompletedConsumer> logger) : IConsumer<TurnCompleted>
{
    // What a case is about is said at its beginning.
    private const int EventsForTitle = 20;

    public async Task Consume(ConsumeContext<TurnCompleted> context)
    {
        var message = context.Message;
        if (!CaseName.TryParse(message.Case, out var name)
            || !await RecordAsync(name, message, context.CancellationToken))
        {
            LogUnknownCase(message.Turn);
        }
    }

    private async Task<bool> RecordAsync(CaseName name, TurnCompleted message, CancellationToken cancellationToken)
    {
        var first = await log.ReadAsync(name, 0, EventsForTitle, cancellationToken);
        var asked = first.Select(added => added.MessageAdded).OfType<Proto.Message>()
            .Where(said => said.Author == Proto.Message.Types.Author.User).Select(said => said.Text);
        var title = CaseTitle.From(asked.Append(message.Conclusion));

        return await log.RecordAsync(name, message.Turn, state => EventsOf(message, title, state), cancellationToken);
    }

    private static List<Proto.CaseEvent> EventsOf(TurnCompleted message, string? title, CaseState state)
    {
        var events = new List<Proto.CaseEvent>();

        // A case that was closed meanwhile has a history that ends with its closing.
        if (message.Answer.Length > 0 && !state.IsClosed)
        {
            var answer = new Proto.Message { Author = Proto.Message.Types.Author.Agent, Text = message.Answer, Turn = message.Turn };
            events.Add(new() { MessageAdded = answer });
        }

        events.Add(new() { TurnCompleted = new() { Turn = message.Turn, Conclusion = message.Conclusion } });
        if (title is not null && !CaseTitle.IsTelling(state.Title))
        {
            events.Add(new() { CaseUpdated = CaseFields.UpdateOf(new Proto.Case { Title = title }, [CaseFields.Title]) });
        }

        return events;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Turn} belongs to a case that does not exist; nothing was recorded.")]
    private partial void LogUnknownCase(string turn);
}
