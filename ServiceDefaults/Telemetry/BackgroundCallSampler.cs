using System.Diagnostics;
using System.Globalization;
using OpenTelemetry.Trace;

namespace FaultMaven.ServiceDefaults.Telemetry;

/// <summary>
/// Drops calls that no request or turn caused: client spans without a parent. The outbox and the workers poll Redis every few seconds, and
/// their spans would be 99 % of all traces. <paramref name="others"/> decides on the rest.
/// </summary>
internal sealed class BackgroundCallSampler(Sampler others) : Sampler
{
    /// <summary>
    /// The root sampler that <c>OTEL_TRACES_SAMPLER</c> and <c>OTEL_TRACES_SAMPLER_ARG</c> name; a parent's decision is always kept.
    /// </summary>
    public static BackgroundCallSampler Of(string? sampler, string? argument) => new(sampler switch
    {
        "always_off" or "parentbased_always_off" => new AlwaysOffSampler(),
        "traceidratio" or "parentbased_traceidratio" => new TraceIdRatioBasedSampler(RatioOf(argument)),
        _ => new AlwaysOnSampler(),
    });

    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) => samplingParameters.Kind == ActivityKind.Client
        ? new SamplingResult(SamplingDecision.Drop)
        : others.ShouldSample(samplingParameters);

    // As the specification has it: a missing or unreadable ratio means all.
    private static double RatioOf(string? argument) =>
        double.TryParse(argument, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1 ? ratio : 1;
}
