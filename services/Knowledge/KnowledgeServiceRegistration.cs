using FaultMaven.Knowledge.Database;
using FaultMaven.Knowledge.Documents;
using FaultMaven.Knowledge.Search;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Checks;
using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.Extensions.Options;

namespace FaultMaven.Knowledge;

/// <summary>Composes the service into a host.</summary>
public static class KnowledgeServiceRegistration
{
    /// <summary>Adds the database, import and search, and the client of Redaction.</summary>
    public static void AddKnowledgeService(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<KnowledgeOptions>, KnowledgeOptionsValidator>();
        builder.Services.AddOptionsWithValidateOnStart<KnowledgeOptions>().BindConfiguration(KnowledgeOptions.Section);
        builder.Services.AddSingleton<KnowledgeDatabases>();
        builder.Services.AddSingleton<KnowledgeRequestRecords>();
        builder.Services.AddKeyedSingleton<IRequestRecords>(
            Proto.KnowledgeService.Descriptor.FullName, (services, _) => services.GetRequiredService<KnowledgeRequestRecords>());
        builder.Services.AddTenantHolder<KnowledgeDatabases>();
        builder.Services.AddSingleton<DocumentStore>();
        builder.Services.AddSingleton<DocumentSearch>();
        builder.Services.AddSingleton<KnowledgeRedactor>();
        builder.Services.AddSingleton<DocumentImport>();
        builder.Services.AddHealthChecks().AddCheck<KnowledgeDatabaseProbe>("knowledge-database");
        builder.AddState(ResourceNames.Knowledge);
        builder.AddServiceClient<RedactionService.RedactionServiceClient>(ResourceNames.Redaction);
    }

    /// <summary>Adds the checks of what the service keeps beside its database.</summary>
    public static void AddKnowledgeChecks(this IHostApplicationBuilder builder) => builder.AddStoreChecks(ResourceNames.Knowledge);

    /// <summary>Maps the RPCs.</summary>
    public static void MapKnowledgeService(this IEndpointRouteBuilder endpoints) => endpoints.MapGrpcService<KnowledgeGrpcService>();
}
