namespace FaultMaven.Data;
public static class DataServiceRegistration
{
    public static void AddDataService(this IHostApplicationBuilder builder) { }
    public static void MapDataService(this IEndpointRouteBuilder endpoints) { }
}
