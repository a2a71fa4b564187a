using FaultMaven.Data.Intake.Limits;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.Tenants;

namespace FaultMaven.Data.Intake;

internal static class IntakeRegistration
{
    /// <summary>Turns uploaded bytes into stored, analysed evidence.</summary>
    public static void AddIntake(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<IntakeOptions, IntakeOptionsValidator>().BindConfiguration(IntakeOptions.Section);
        builder.Services.AddTenantOptions(EvidenceLimits.Section, EvidenceLimits.TenantSection, new EvidenceLimitsValidator());
        builder.Services.AddOptionsWithValidateOnStart<ArchiveOptions, ArchiveOptionsValidator>().BindConfiguration(ArchiveOptions.Section);

        builder.AddServiceClient<RedactionService.RedactionServiceClient>(ResourceNames.Redaction);

        builder.Services.AddSingleton<TextRedaction>();
        builder.Services.AddSingleton<StagingDirectory>();
        builder.Services.AddSingleton<EvidenceWriter>();
        builder.Services.AddSingleton<EvidenceAnalysisPipeline>();
        builder.Services.AddSingleton<EvidenceReclassification>();
        builder.Services.AddSingleton<FileIntake>();
        builder.Services.AddSingleton<UnpackJournals>();
        builder.Services.AddSingleton<ArchiveIntake>();
        builder.Services.AddSingleton<EvidenceIntake>();
        builder.AddConsumer<CaseDeletedConsumer>("data", "case-deleted");
        builder.Services.AddHostedService<StagingSweep>();
        builder.Services.AddHostedService<OrphanSweep>();
    }
}
