using FaultMaven.Protos.Events.V1;
using FaultMaven.Protos.Names;
using MassTransit;

namespace FaultMaven.Agents.Turns;

/// <summary>Deletes the turns of a case that was deleted, and stops those that run.</summary>
internal sealed class CaseDeletedConsumer(TurnStore store, TurnQueue queue) : IConsumer<CaseDeleted>
{
    public async Task Consume(ConsumeContext<CaseDeleted> context)
    {
        if (CaseName.TryParse(context.Message.Case, out var name))
        {
            foreach (var turn in await store.DeleteCaseAsync(name.Id))
            {
                await queue.StopAsync(TenantTurn.OfCaller(turn));
            }
        }
    }
}
