namespace FaultMaven.Data.Classification;

internal static class ClassificationRegistration
{
    public static void AddClassification(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<EvidenceExamination>();
        builder.Services.AddSingleton<EvidenceReclassification>();
    }
}
