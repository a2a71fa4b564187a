using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.Running;

internal sealed class HttpHealthCheck(IHttpClientFactory clients, EndpointReference endpoint, string path, int expectedStatus) : IHealthCheck
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            using var client = clients.CreateClient();
            client.Timeout = s_timeout;
            using var response = await client.GetAsync(new Uri(new Uri(endpoint.Url), path), cancellationToken);
            return (int)response.StatusCode == expectedStatus
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy($"Answered {(int)response.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException || (e is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return HealthCheckResult.Unhealthy("Does not answer.", e);
        }
    }
}
