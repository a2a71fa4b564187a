using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FaultMaven.Gateway.Forwarding;

/// <summary>Whether a service says that it is ready.</summary>
internal sealed class ReadinessOfService(IHttpClientFactory clients, string service) : IHealthCheck
{
    private static readonly Uri s_ready = new("/health/ready", UriKind.Relative);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var client = clients.CreateClient(service);
        try
        {
            using var answer = await client.GetAsync(s_ready, cancellationToken);
            return answer.IsSuccessStatusCode
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"The {service} service answers {(int)answer.StatusCode}.");
        }
        catch (HttpRequestException exception)
        {
            return HealthCheckResult.Unhealthy($"The {service} service does not answer.", exception);
        }
    }
}
