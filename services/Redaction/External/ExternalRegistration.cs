using System.Threading.RateLimiting;
using FaultMaven.Redaction.Policies;
using FaultMaven.ServiceDefaults.Flags;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction.External;

/// <summary>Registers the external recogniser.</summary>
internal static class ExternalRegistration
{
    // A call of 3 MiB makes some 200 requests; beyond this many waiting, calls are refused.
    private const int MaxWaiting = 4096;
    private const int MaxAnswerBytes = 4 * 1024 * 1024;

    public static void AddExternalRecognizer(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<ExternalOptions, ExternalOptionsValidator>()
            .BindConfiguration(ExternalOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<ExternalOptions>, ExternalAddressValidator>();
        builder.Services.AddSingleton(services =>
            new ForeignTypes([.. services.GetRequiredService<IOptions<ExternalOptions>>().Value.RequestedTypes]));
        builder.AddFlags(ResourceNames.Redaction, RedactionFlags.External, RedactionFlags.ExternalOutage);
        builder.Services.AddSingleton<AnalyzerClient>();
        builder.Services.AddSingleton<ExternalRecognizer>();

        var client = builder.Services.AddHttpClient(AnalyzerClient.ClientName, (services, http) =>
        {
            // With a slash at its end, or its last part would be replaced by "analyze".
            var address = services.GetRequiredService<IOptions<ExternalOptions>>().Value.Address!;
            http.BaseAddress = address.AbsoluteUri.EndsWith('/') ? address : new Uri($"{address.AbsoluteUri}/");
            http.MaxResponseContentBufferSize = MaxAnswerBytes;
            http.Timeout = Timeout.InfiniteTimeSpan;
        });
        client.AddStandardResilienceHandler().Configure((resilience, services) =>
            Limit(resilience, services.GetRequiredService<IOptions<ExternalOptions>>().Value));
    }

    // Waiting for a turn is outside of the limits on time. A request without an answer is made once more: analysing changes nothing.
    private static void Limit(HttpStandardResilienceOptions resilience, ExternalOptions options)
    {
        resilience.RateLimiter.DefaultRateLimiterOptions = new ConcurrencyLimiterOptions
        {
            PermitLimit = options.MaxConcurrency,
            QueueLimit = MaxWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        };
        resilience.AttemptTimeout.Timeout = options.Timeout;
        resilience.TotalRequestTimeout.Timeout = (options.Timeout * 2) + TimeSpan.FromSeconds(1);
        resilience.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(30) + (options.Timeout * 2);
        resilience.Retry.MaxRetryAttempts = 1;
        resilience.Retry.Delay = TimeSpan.FromMilliseconds(100);
    }
}
