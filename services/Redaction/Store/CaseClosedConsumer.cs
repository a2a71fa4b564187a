using FaultMaven.Protos.Events.V1;
using FaultMaven.ServiceDefaults.Identity;
using MassTransit;

namespace FaultMaven.Redaction.Store;

/// <summary>Keeps the values of a case for a shorter time once it is closed.</summary>
internal sealed class CaseClosedConsumer(IPseudonyms pseudonyms) : IConsumer<CaseClosed>
{
    public async Task Consume(ConsumeContext<CaseClosed> context)
    {
        // A case's name is the scope that its texts are redacted in.
        if (Scope.TryParse(CallIdentity.Current.Principal.Tenant, context.Message.Case, out var scope))
        {
            await pseudonyms.CloseAsync(scope.Value, context.CancellationToken);
        }
    }
}
