using FaultMaven.Protos.Events.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Sessions.Cases.Listing;
using MassTransit;

namespace FaultMaven.Sessions.Cases;

/// <summary>Takes a deleted case off the list of an earlier version. Until then lists pass over it, as it has no log.</summary>
internal sealed class CaseDeletedConsumer(FormerCaseList former) : IConsumer<CaseDeleted>
{
    public async Task Consume(ConsumeContext<CaseDeleted> context)
    {
        if (CaseName.TryParse(context.Message.Case, out var name))
        {
            await former.RemoveAsync(name, context.CancellationToken);
        }
    }
}
