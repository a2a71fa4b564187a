using FaultMaven.Protos.Events.V1;
using FaultMaven.Protos.Names;
using MassTransit;

namespace FaultMaven.Sessions.Cases;

/// <summary>Adds a report that was made to the log of its case, once; to that of a closed case too.</summary>
internal sealed partial class ReportCreatedConsumer(CaseLog log, ILogger<ReportCreatedConsumer> logger) : IConsumer<ReportCreated>
{
    public async Task Consume(ConsumeContext<ReportCreated> context)
    {
        var message = context.Message;
        var created = new Proto.ReportCreated { Report = message.Report, Kind = message.Kind, Version = message.Version };
        if (!CaseName.TryParse(message.Case, out var name)
            || !await log.RecordAsync(name, message.Report, _ => [new() { ReportCreated = created }], context.CancellationToken))
        {
            LogUnknownCase(message.Report);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Report} belongs to a case that does not exist; nothing was recorded.")]
    private partial void LogUnknownCase(string report);
}
