using FaultMaven.Protos.Events.V1;
using FaultMaven.ServiceDefaults.Identity;
using MassTransit;

namespace FaultMaven.Redaction.Store;

/// <summary>Keeps the values of a case as long as those of any open one, once it is opened again.</summary>
internal sealed class CaseReopenedConsumer(IPseudonyms pseudonyms) : IConsumer<CaseReopened>
{
    public async Task Consume(ConsumeContext<CaseReopened> context)
    {
        if (Scope.TryParse(CallIdentity.Current.Principal.Tenant, context.Message.Case, out var scope))
        {
            await pseudonyms.ReopenAsync(scope.Value, context.CancellationToken);
        }
    }
}
