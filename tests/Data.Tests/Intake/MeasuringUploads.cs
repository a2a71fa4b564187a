using FaultMaven.Data.Intake;
using FaultMaven.Data.Tests.Hosting;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Intake;

public sealed class MeasuringUploads(DataHost host)
{
    [Fact]
    public async Task Counts_the_bytes_received_and_times_the_analysis_by_type()
    {
        using var bytes = new MetricCollector<long>(null, DataTelemetry.MeterName, DataTelemetry.UploadBytesName);
        using var durations = new MetricCollector<double>(null, DataTelemetry.MeterName, DataTelemetry.AnalysisDurationName);
        var text = string.Concat(Enumerable.Repeat("2026-05-04T03:00:00Z INFO ok\n", 1_000));

        var evidence = await host.Client.UploadAsync(NewCase(), "a.log", text);

        // Other tests upload at the same time.
        Assert.True(bytes.GetMeasurementSnapshot().EvaluateAsCounter() >= evidence.SizeBytes);
        Assert.Contains(
            durations.GetMeasurementSnapshot(),
            measured => Equals(measured.Tags[DataTelemetry.EvidenceType], "Logs") && measured.Value >= 0);
    }
}
