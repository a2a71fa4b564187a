using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Calls;

namespace FaultMaven.Sessions.Cases;

/// <summary>Redacts what people say in a case before it is kept. If Redaction does not answer, the call fails.</summary>
internal sealed class CaseRedaction(RedactionService.RedactionServiceClient redaction)
{
    public async Task<string> RedactAsync(CaseName name, string text, CancellationToken cancellationToken)
    {
        if (text.Length == 0)
        {
            return text;
        }

        var request = new RedactTextRequest { Scope = name.ToString(), Text = text, KeepPlaceholders = true };
        var response = await ServiceCall.To(
            ResourceNames.Redaction,
            ErrorReason.RedactionUnavailable,
            () => redaction.RedactTextAsync(request, cancellationToken: cancellationToken).ResponseAsync);
        return response.Text;
    }
}
