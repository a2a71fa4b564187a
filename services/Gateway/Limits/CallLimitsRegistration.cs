using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.Extensions.Options;

namespace FaultMaven.Gateway.Limits;

/// <summary>Registers how many calls come in, and how long they may take.</summary>
internal static class CallLimitsRegistration
{
    public static void AddCallLimits(this IHostApplicationBuilder builder)
    {
        builder.Services.AddTenantOptions(RateLimitOptions.Section, RateLimitOptions.TenantSection, new RateLimitOptionsValidator());
        builder.AddTokenBuckets();
        builder.Services.AddSingleton<CallRates>();
        builder.Services.AddSingleton<IValidateOptions<CallTimeOptions>, CallTimeOptionsValidator>();
        builder.Services.AddOptionsWithValidateOnStart<CallTimeOptions>().BindConfiguration(CallTimeOptions.Section);
        builder.Services.AddSingleton<CallTimes>();
    }
}
