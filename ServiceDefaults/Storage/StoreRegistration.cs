using FaultMaven.ServiceDefaults.Telemetry;
using Microsoft.Extensions.Hosting;

namespace FaultMaven.ServiceDefaults.Storage;

/// <summary>Registers the connection to Redis.</summary>
public static class StoreRegistration
{
    /// <summary>
    /// Makes the connection that <c>ConnectionStrings:{name}</c> describes injectable, with its health check and its spans.
    /// </summary>
    public static void AddStore(this IHostApplicationBuilder builder, string name) => builder.AddRedisClient(
        name,
        settings => settings.DisableTracing |= !builder.ExportsTelemetry(),
        options => options.Defaults = new StoreDefaults());
}
