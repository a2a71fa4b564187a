using FaultMaven.Protos.Events.V1;
using FaultMaven.Protos.Names;
using MassTransit;

namespace FaultMaven.Sessions.Cases;

/// <summary>Adds evidence to the log of its case, once.</summary>
internal sealed partial class EvidenceAnalyzedConsumer(CaseLog log, ILogger<EvidenceAnalyzedConsumer> logger) : IConsumer<EvidenceAnalyzed>
{
    public async Task Consume(ConsumeContext<EvidenceAnalyzed> context)
    {
        var message = context.Message;
        var added = new Proto.EvidenceAdded
        {
            Evidence = message.Evidence, FileName = message.FileName, SignalCount = message.SignalCount,
        };
        if (!CaseName.TryParse(message.Case, out var name)
            || !await log.RecordAsync(name, message.Evidence, _ => [new() { EvidenceAdded = added }], context.CancellationToken))
        {
            LogUnknownCase(message.Evidence);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Evidence} belongs to a case that does not exist; nothing was recorded.")]
    private partial void LogUnknownCase(string evidence);
}
