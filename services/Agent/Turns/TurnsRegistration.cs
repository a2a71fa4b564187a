using FaultMaven.ServiceDefaults.Flags;
using FaultMaven.Agents.Gate;
using FaultMaven.Agents.Memory;
using FaultMaven.Agents.Reports;
using FaultMaven.Protos.Knowledge.V1;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.Extensions.Options;

namespace FaultMaven.Agents.Turns;

internal static class TurnsRegistration
{
    /// <summary>The health check that shows whether turns are worked on.</summary>
    public const string HealthCheck = "turn-workers";

    /// <summary>Turns: their store, the workers that run them, and clients of the services that they need.</summary>
    public static void AddTurns(this IHostApplicationBuilder builder)
    {
        builder.AddOutbox(ResourceNames.Agent);
        builder.AddRequestRecords(Proto.AgentService.Descriptor, ResourceNames.Agent);
        builder.AddFlags(ResourceNames.Agent, AgentFlags.Model, AgentFlags.TurnsAtOnce);
        builder.AddConsumer<CaseDeletedConsumer>("agent", "case-deleted");
        builder.AddServiceClient<Data.DataService.DataServiceClient>(ResourceNames.Data);
        builder.AddServiceClient<KnowledgeService.KnowledgeServiceClient>(ResourceNames.Knowledge);
        builder.AddServiceClient<RedactionService.RedactionServiceClient>(ResourceNames.Redaction);
        builder.AddCaseAccessOfSession();

        builder.Services.AddOptionsWithValidateOnStart<TurnOptions>().BindConfiguration(TurnOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<TurnOptions>, TurnOptionsValidator>();
        builder.Services.AddOptionsWithValidateOnStart<MemoryOptions>().BindConfiguration(MemoryOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<MemoryOptions>, MemoryOptionsValidator>();
        builder.Services.AddSingleton<CaseMemories>();
        builder.Services.AddSingleton<TurnStore>();
        builder.Services.AddTenantHolder<TurnStore>();
        builder.Services.AddSingleton<ReportStore>();
        builder.Services.AddSingleton<CaseMaterialReader>();
        builder.Services.AddSingleton<TurnEvents>();
        builder.Services.AddSingleton<TurnQueue>();
        builder.Services.AddSingleton<TurnRunner>();
        builder.Services.AddSingleton<TurnInvestigation>();
        builder.Services.AddSingleton<RetryPolicy>();
        builder.Services.AddSingleton<CaseEvidence>();
        builder.Services.AddSingleton<CaseMessages>();
        builder.Services.AddSingleton<KnowledgeSearch>();
        builder.Services.AddSingleton<Vocabulary>();
        builder.Services.AddSingleton<EvidenceGate>();
        builder.Services.AddSingleton<TurnWorkerHealth>();
        builder.Services.AddHostedService<TurnWorkers>();
        builder.Services.AddHealthChecks().AddCheck<TurnWorkerHealth>(HealthCheck);
    }
}
