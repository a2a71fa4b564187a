using FaultMaven.Protos.Events.V1;
using MassTransit;

namespace FaultMaven.Sessions.Cases;

/// <summary>Enters evidence into the log of its case, once.</summary>
internal sealed partial class EvidenceAnalyzedConsumer(CaseLog log, ILogger<EvidenceAnalyzedConsumer> logger) : IConsumer<EvidenceAnalyzed>
{
    public async Task Consume(ConsumeContext<EvidenceAnalyzed> context)
    {
        var message = context.Message;
        var added = new Proto.CaseEvent
        {
            EvidenceAdded = new Proto.EvidenceAdded { Evidence = message.Evidence, FileName = message.FileName, SignalCount = message.SignalCount },
        };
        if (!await log.AppendOnceAsync(message.Case, added, message.Evidence, context.CancellationToken))
        {
            LogUnknownCase(message.Evidence);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Evidence} belongs to a case that does not exist; nothing was recorded.")]
    private partial void LogUnknownCase(string evidence);
}
