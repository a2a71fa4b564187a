using FaultMaven.Data.Extraction.Changes;
using FaultMaven.Data.Extraction.Commands;
using FaultMaven.Data.Extraction.Metrics;
using FaultMaven.Data.Extraction.Plans;
using FaultMaven.Data.Extraction.Profiles;
using FaultMaven.Data.Extraction.Prose;
using FaultMaven.Data.Extraction.SourceCode;
using FaultMaven.Data.Signals;

namespace FaultMaven.Data.Extraction;

/// <summary>Registers the analysers of everything that is not a plain log.</summary>
internal static class ExtractionRegistration
{
    public static void AddExtraction(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IEvidenceAnalyzer, DocumentAnalyzer>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, MetricTextAnalyzer>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, CommandOutputAnalyzer>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, ConfigAnalyzer>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, ProfileAnalyzer>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, PlanAnalyzer>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, SourceCodeAnalyzer>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, ProseAnalyzer>();
    }
}
