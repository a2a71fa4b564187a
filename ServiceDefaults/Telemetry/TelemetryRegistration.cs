using System.Diagnostics;
using FaultMaven.ServiceDefaults.Settings;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace FaultMaven.ServiceDefaults.Telemetry;

/// <summary>Traces, metrics and logs over OTLP to <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>; none if it is not set.</summary>
internal static class TelemetryRegistration
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string Sampler = "OTEL_TRACES_SAMPLER";
    private const string SamplerArgument = "OTEL_TRACES_SAMPLER_ARG";
    private const string GrpcContent = "application/grpc";

    /// <summary>All our activity sources and meters start with this.</summary>
    private const string OurSources = "FaultMaven.*";

    /// <summary>Whether telemetry is exported. An empty value means no: the tests of the app host set it.</summary>
    public static bool ExportsTelemetry(this IHostApplicationBuilder builder) =>
        !string.IsNullOrWhiteSpace(builder.Configuration[Endpoint]);

    public static void AddTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new HostSetting(Endpoint, "The collector of traces, metrics and logs; without one there are none.")
        {
            Shown = HostSetting.WithoutUser,
            MustBe = value => string.IsNullOrWhiteSpace(value) || HostSetting.WithoutUser(value) is { } ? null : "a URL",
        });
        if (!builder.ExportsTelemetry())
        {
            return;
        }

        // Scopes hold the request's path, which callers write.
        builder.Logging.AddOpenTelemetry(logging => logging.IncludeScopes = false);
        builder.Services.AddOpenTelemetry()
            .WithTracing(tracing => tracing
                .AddSource(builder.Environment.ApplicationName, OurSources, "MassTransit")
                .AddAspNetCoreInstrumentation(aspnet =>
                {
                    aspnet.Filter = context => !context.Request.Path.StartsWithSegments("/health");
                    aspnet.EnrichWithHttpResponse = NameAfterRpc;
                })
                .AddHttpClientInstrumentation(http => http.EnrichWithHttpRequestMessage = NameAfterRpc)
                .AddProcessor(new RpcSpanProcessor())
                .SetSampler(new ParentBasedSampler(
                    BackgroundCallSampler.Of(builder.Configuration[Sampler], builder.Configuration[SamplerArgument]))))
            .WithMetrics(metrics => metrics
                .AddMeter(OurSources, "MassTransit")
                .AddAspNetCoreInstrumentation()
                .AddHttpClientInstrumentation()
                .AddRuntimeInstrumentation())
            .UseOtlpExporter();
    }

    // JSON requests reach the same endpoints, so both carry the method's metadata.
    private static void NameAfterRpc(Activity span, HttpResponse response)
    {
        if (response.HttpContext.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is { } rpc)
        {
            RpcSpanProcessor.SetRpc(span, rpc.Method.FullName);
        }
    }

    private static void NameAfterRpc(Activity span, HttpRequestMessage request)
    {
        if (request.Content?.Headers.ContentType?.MediaType == GrpcContent && request.RequestUri is { } address)
        {
            RpcSpanProcessor.SetRpc(span, address.AbsolutePath);
        }
    }
}
