using System.Diagnostics.Metrics;

namespace FaultMaven.Data.Intake;

/// <summary>What Data measures, and what it is called.</summary>
internal static class DataTelemetry
{
    /// <summary>The name of the meter.</summary>
    public const string MeterName = "FaultMaven.Data";

    /// <summary>Bytes received in uploads, compressed as they came, of uploads that failed too.</summary>
    public const string UploadBytesName = "faultmaven.data.upload.bytes";

    /// <summary>How long it took to find the signals of one piece of evidence.</summary>
    public const string AnalysisDurationName = "faultmaven.data.analysis.duration";

    /// <summary>The type of the evidence, such as <c>Logs</c>.</summary>
    public const string EvidenceType = "faultmaven.evidence.type";

    private static readonly Meter s_meter = new(MeterName);

    public static Counter<long> UploadBytes { get; } = s_meter.CreateCounter<long>(UploadBytesName, "By", "Bytes received in uploads.");

    public static Histogram<double> AnalysisDuration { get; } =
        s_meter.CreateHistogram<double>(AnalysisDurationName, "s", "Time to find the signals of one piece of evidence.");
}
