using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Calls;

namespace FaultMaven.Data.Intake;

internal static class IntakeRegistration
{
    public static void AddIntake(this IHostApplicationBuilder builder)
    {
        builder.AddServiceClient<RedactionService.RedactionServiceClient>(ResourceNames.Redaction);

        builder.Services.AddSingleton<TextRedaction>();
        builder.Services.AddSingleton<EvidenceIntake>();
        builder.Services.AddHostedService<IncomingSweep>();
    }
}
