using FaultMaven.Protos.Events.V1;
using FaultMaven.ServiceDefaults.Identity;
using MassTransit;

namespace FaultMaven.Redaction.Store;

/// <summary>Forgets the values of a case that was deleted. Forgetting again changes nothing.</summary>
internal sealed class CaseDeletedConsumer(IPseudonyms pseudonyms) : IConsumer<CaseDeleted>
{
    public async Task Consume(ConsumeContext<CaseDeleted> context)
    {
        // A case's name is the scope that its texts are redacted in.
        if (Scope.TryParse(CallIdentity.Current.Principal.Tenant, context.Message.Case, out var scope))
        {
            await pseudonyms.ForgetAsync(scope.Value, context.CancellationToken);
        }
    }
}
