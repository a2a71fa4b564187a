using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Models;
using FaultMaven.Agents.Turns;

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

    public static void MapAgentService(this IEndpointRouteBuilder endpoints) => endpoints.MapGrpcService<AgentGrpcService>();
}
