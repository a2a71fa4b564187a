using FaultMaven.Data.Signals;

namespace FaultMaven.Data.Extraction;

/// <summary>Registers the analysers of everything that is not a plain log.</summary>
internal static class ExtractionRegistration
{
    public static void AddExtraction(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IEvidenceAnalyzer, DocumentAnalyzer>();
    }
}
