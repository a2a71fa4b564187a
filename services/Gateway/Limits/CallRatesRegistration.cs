using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Tenants;

namespace FaultMaven.Gateway.Limits;

internal static class CallRatesRegistration
{
    public static void AddCallRates(this IHostApplicationBuilder builder)
    {
        builder.Services.AddTenantOptions(RateLimitOptions.Section, new RateLimitOptionsValidator());
        builder.AddTokenBuckets();
        builder.Services.AddSingleton<CallRates>();
    }
}
