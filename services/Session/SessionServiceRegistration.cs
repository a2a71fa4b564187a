using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Cases;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.State.Checks;
using FaultMaven.ServiceDefaults.Tenants;
using FaultMaven.Sessions.Cases;
using FaultMaven.Sessions.Cases.Listing;

namespace FaultMaven.Sessions;

/// <summary>Composes the Session service into a host.</summary>
public static class SessionServiceRegistration
{
    /// <summary>Adds cases and the consumers of events about them.</summary>
    public static void AddSessionService(this IHostApplicationBuilder builder)
    {
        builder.AddServiceClient<RedactionService.RedactionServiceClient>(ResourceNames.Redaction);
        builder.AddOutbox(CaseLog.Service);
        builder.AddRequestRecords(Proto.SessionService.Descriptor, CaseLog.Service);
        builder.Services.AddSingleton<CaseLog>();
        builder.Services.AddSingleton<CaseIndex>();
        builder.Services.AddTenantHolder<CaseIndex>();
        builder.Services.AddSingleton<FormerCaseList>();
        builder.Services.AddSingleton<CaseLister>();
        builder.Services.AddHostedService<CaseIndexing>();
        builder.Services.AddSingleton<CaseRedaction>();
        builder.Services.AddTenantOptions(CaseOptions.Section, CaseOptions.TenantSection, new CaseOptionsValidator());
        builder.AddCaseAccess<LoggedCaseAccess>();
        builder.AddConsumer<EvidenceAnalyzedConsumer>("session", "evidence-analyzed");
        builder.AddConsumer<TurnCompletedConsumer>("session", "turn-completed");
        builder.AddConsumer<ReportCreatedConsumer>("session", "report-created");
        builder.AddConsumer<CaseDeletedConsumer>("session", "case-deleted");
    }

    /// <summary>Adds the checks of what the service keeps.</summary>
    public static void AddSessionChecks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IStateCheck, CaseLogCheck>();
        builder.Services.AddSingleton<IStateCheck>(new OutboxCheck(CaseLog.Service));
        builder.AddStoreChecks(CaseLog.Service);
    }

    /// <summary>Maps the service's RPCs.</summary>
    public static void MapSessionService(this IEndpointRouteBuilder endpoints) => endpoints.MapGrpcService<SessionGrpcService>();
}
