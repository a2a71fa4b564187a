using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Models;
using FaultMaven.Agents.Reports;
using FaultMaven.Agents.Turns;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.State.Checks;

namespace FaultMaven.Agents;

/// <summary>The Agent service, for whichever host runs it.</summary>
public static class AgentServiceRegistration
{
    public static void AddAgentService(this IHostApplicationBuilder builder)
    {
        builder.AddCatalogue();
        builder.AddModel();
        builder.AddTurns();
    }

    /// <summary>Adds the checks of what the service keeps.</summary>
    public static void AddAgentChecks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IStateCheck, TurnCheck>();
        builder.Services.AddSingleton<IStateCheck, ReportCheck>();
        builder.Services.AddSingleton<IStateCheck>(new OutboxCheck(ResourceNames.Agent));
        builder.AddStoreChecks(ResourceNames.Agent);
    }

    public static void MapAgentService(this IEndpointRouteBuilder endpoints) => endpoints.MapGrpcService<AgentGrpcService>();
}
