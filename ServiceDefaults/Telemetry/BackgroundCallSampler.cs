using System.Diagnostics;
using OpenTelemetry.Trace;

namespace FaultMaven.ServiceDefaults.Telemetry;

/// <summary>
/// Drops calls that no request or turn caused: client spans without a parent. The outbox and the workers poll Redis every few seconds, and
/// their spans would be 99 % of all traces.
/// </summary>
internal sealed class BackgroundCallSampler : Sampler
{
    public override SamplingResult ShouldSample(in SamplingParameters samplingParameters) =>
        new(samplingParameters.Kind == ActivityKind.Client ? SamplingDecision.Drop : SamplingDecision.RecordAndSample);
}
