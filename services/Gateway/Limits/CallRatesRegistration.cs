using FaultMaven.ServiceDefaults.State;
using Microsoft.Extensions.Options;

namespace FaultMaven.Gateway.Limits;

internal static class CallRatesRegistration
{
    public static void AddCallRates(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<RateLimitOptions>, RateLimitOptionsValidator>();
        builder.Services.AddOptionsWithValidateOnStart<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section);
        builder.AddTokenBuckets();
        builder.Services.AddSingleton<CallRates>();
    }
}
