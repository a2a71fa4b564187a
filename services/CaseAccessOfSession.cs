using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Cases;
using Grpc.Core;

namespace FaultMaven;

/// <summary>Has Session asked who may see a case. Compiled into the services that keep something of cases.</summary>
internal static class CaseAccessOfSession
{
    /// <summary>Registers it; Session itself knows without asking.</summary>
    public static void AddCaseAccessOfSession(this IHostApplicationBuilder builder)
    {
        builder.AddServiceClient<SessionService.SessionServiceClient>(ResourceNames.Session);
        builder.AddCaseAccess((services, name, cancellationToken) =>
            AskAsync(services.GetRequiredService<SessionService.SessionServiceClient>(), $"{name}", cancellationToken));
    }

    private static async Task<CaseAccess?> AskAsync(
        SessionService.SessionServiceClient session, string name, CancellationToken cancellationToken)
    {
        try
        {
            var found = await ServiceCall.To(
                ResourceNames.Session,
                ErrorReason.ServiceUnavailable,
                () => session.GetCaseAsync(new() { Name = name }, cancellationToken: cancellationToken).ResponseAsync);
            return CaseAccess.Of(found);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
        {
            return null;
        }
    }
}
