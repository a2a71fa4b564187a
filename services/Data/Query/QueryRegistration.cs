using FaultMaven.Data.Query.CaseGraph;
using FaultMaven.Data.Query.KeyLines;
using FaultMaven.Data.Query.Metrics;
using FaultMaven.Data.Query.Search;
using FaultMaven.Data.Query.Signals;
using FaultMaven.Data.Query.Timelines;

namespace FaultMaven.Data.Query;

internal static class QueryRegistration
{
    /// <summary>Answers questions about stored evidence: lines, matches, timelines, signals.</summary>
    public static void AddQuery(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EvidenceLines>();
        builder.Services.AddSingleton<EvidenceSearch>();
        builder.Services.AddSingleton<KeyLineSearch>();
        builder.Services.AddSingleton<CaseGraphReader>();
        builder.Services.AddSingleton<EvidenceTimeline>();
        builder.Services.AddSingleton<MetricSeriesQuery>();
        builder.Services.AddSingleton<CaseSignals>();
    }
}
