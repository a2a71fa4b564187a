namespace FaultMaven.Agents;
public static class AgentServiceRegistration
{
    public static void AddAgentService(this IHostApplicationBuilder builder) { }
    public static void MapAgentService(this IEndpointRouteBuilder endpoints) { }
}
