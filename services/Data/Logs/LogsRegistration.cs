using FaultMaven.Data.Signals;

namespace FaultMaven.Data.Logs;

internal static class LogsRegistration
{
    /// <summary>Analyses logs and crash reports.</summary>
    public static void AddLogs(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<IEvidenceAnalyzer, LogAnalyzer>();
}
