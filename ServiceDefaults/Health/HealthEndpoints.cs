using Grpc.AspNetCore.HealthChecks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace FaultMaven.ServiceDefaults.Health;

/// <summary>Liveness (the process answers) and readiness (what it depends on answers too), over HTTP and gRPC.</summary>
internal static class HealthEndpoints
{
    private const string Live = "live";

    /// <summary>A check that takes longer than this has failed. Long enough for a healthy store on an overloaded machine.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(15);

    public static void AddHealth(this IHostApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks().AddCheck("self", () => HealthCheckResult.Healthy(), [Live]);
        builder.Services.AddGrpcHealthChecks();
        builder.Services.Configure<HealthCheckServiceOptions>(options =>
        {
            foreach (var registration in options.Registrations.Where(r => r.Timeout == Timeout.InfiniteTimeSpan))
            {
                registration.Timeout = s_timeout;
            }
        });

        // A service is as ready as its process. The library answers NOT_FOUND for names that are not mapped.
        builder.Services.AddOptions<GrpcHealthChecksOptions>().Configure<ServedServices>((options, served) =>
        {
            foreach (var name in served.Names)
            {
                options.Services.Map(name, _ => true);
            }
        });
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Live) });
        app.MapHealthChecks("/health/ready");
        app.MapGrpcHealthChecksService();
    }
}
