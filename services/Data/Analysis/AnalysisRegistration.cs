using FaultMaven.Data.Analysis.Documents;
using FaultMaven.Data.Analysis.Documents.Changes;
using FaultMaven.Data.Analysis.Documents.Commands;
using FaultMaven.Data.Analysis.Documents.Metrics;
using FaultMaven.Data.Analysis.Documents.Plans;
using FaultMaven.Data.Analysis.Documents.Profiles;
using FaultMaven.Data.Analysis.Documents.Prose;
using FaultMaven.Data.Analysis.Documents.SourceCode;
using FaultMaven.Data.Analysis.Logs.Signals;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Analysis.Statements;

namespace FaultMaven.Data.Analysis;

internal static class AnalysisRegistration
{
    /// <summary>Classifies texts and finds signals in them.</summary>
    public static void AddAnalysis(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AnalyzerDispatcher>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, LogAnalyzer>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, DocumentAnalyzer>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, MetricTextAnalyzer>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, CommandOutputAnalyzer>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, ConfigAnalyzer>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, ProfileAnalyzer>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, PlanAnalyzer>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, SourceCodeAnalyzer>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, ProseAnalyzer>();
        builder.Services.AddSingleton<IEvidenceAnalyzer, StatementAnalyzer>();
    }
}
