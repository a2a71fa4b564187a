namespace FaultMaven.Redaction;
public static class RedactionServiceRegistration
{
    public static void AddRedactionService(this IHostApplicationBuilder builder) { }
    public static void MapRedactionService(this IEndpointRouteBuilder endpoints) { }
}
