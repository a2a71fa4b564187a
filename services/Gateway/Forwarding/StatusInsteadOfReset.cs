using Microsoft.AspNetCore.Http.Features;

namespace FaultMaven.Gateway.Forwarding;

/// <summary>Ends a stream that its service broke off with a status, where the forwarder would reset it.</summary>
internal sealed class StatusInsteadOfReset(HttpContext context, IHttpResetFeature reset) : IHttpResetFeature
{
    public void Reset(int errorCode)
    {
        if (context.GetForwarderErrorFeature() is { } failure && ForwardedCall.IsOfService(failure.Error))
        {
            GrpcFault.End(context, ForwardedCall.Unavailable(context));
        }
        else
        {
            reset.Reset(errorCode);
        }
    }
}
