namespace FaultMaven;

/// <summary>The names of resources: the app host gives them, services find each other by them. Compiled into both.</summary>
internal static class ResourceNames
{
    public const string Agent = "agent";
    public const string Data = "data";
    public const string Knowledge = "knowledge";
    public const string Redaction = "redaction";
    public const string Session = "session";

    public const string Gateway = "gateway";

    public const string Redis = "redis";
    public const string RabbitMq = "rabbitmq";
}
