using FaultMaven.Protos.Events.V1;
using FaultMaven.Protos.Names;
using MassTransit;

namespace FaultMaven.Sessions.Cases;

/// <summary>Takes a deleted case off the list. Until then lists pass over it, as it has no log.</summary>
internal sealed class CaseDeletedConsumer(CaseIndex index) : IConsumer<CaseDeleted>
{
    public async Task Consume(ConsumeContext<CaseDeleted> context)
    {
        if (CaseName.TryParse(context.Message.Case, out var name))
        {
            await index.RemoveAsync(name, context.CancellationToken);
        }
    }
}
