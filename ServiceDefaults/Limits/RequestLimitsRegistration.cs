using FaultMaven.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Limits;

/// <summary>Registers the limits of what a process takes on at a time.</summary>
internal static class RequestLimitsRegistration
{
    public static void AddRequestLimits(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<RequestLimitOptions>, RequestLimitOptionsValidator>();
        builder.Services.AddOptionsWithValidateOnStart<RequestLimitOptions>().BindConfiguration(RequestLimitOptions.Section);
        builder.Services.AddSingleton<RequestLimitInterceptor>();
        builder.Services.AddOptions<KestrelServerOptions>().Configure<IServiceProvider>((kestrel, services) =>
        {
            // While the host is built, before anything else asks whether settings are right.
            services.EnsureSettings();
            kestrel.Limits.MaxRequestBodySize = services.GetRequiredService<IOptions<RequestLimitOptions>>().Value.MaxBodyBytes;
        });
    }
}
