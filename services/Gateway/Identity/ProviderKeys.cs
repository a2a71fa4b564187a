using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace FaultMaven.Gateway.Identity;

/// <summary>
/// What is known of the provider. It is apart from <see cref="CallerIdentity"/>, so that its library loads only where it is needed.
/// </summary>
internal static class ProviderKeys
{
    /// <summary>Whether the provider's keys were ever read. If not, it is asked again now.</summary>
    public static async ValueTask<bool> AreKnownAsync(HttpContext context)
    {
        var options = context.RequestServices.GetRequiredService<IOptionsMonitor<JwtBearerOptions>>();
        try
        {
            var manager = options.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager;
            return manager is not null && await manager.GetConfigurationAsync(context.RequestAborted) is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
