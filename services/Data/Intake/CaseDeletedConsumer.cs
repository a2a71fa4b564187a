using FaultMaven.Data.Store;
using FaultMaven.Protos.Events.V1;
using MassTransit;

namespace FaultMaven.Data.Intake;

/// <summary>Deletes what Data holds of a case once Session has deleted it. The event may come more than once.</summary>
internal sealed class CaseDeletedConsumer(EvidenceRemoval removal) : IConsumer<CaseDeleted>
{
    public Task Consume(ConsumeContext<CaseDeleted> context) =>
        CaseName.TryParse(context.Message.Case, out var name)
            ? removal.RemoveCaseAsync(name, context.CancellationToken)
            : Task.CompletedTask;
}
