namespace FaultMaven;

/// <summary>Names that the app host gives to resources and by which services find each other; compiled into both.</summary>
internal static class ResourceNames
{
    public const string Agent = "agent";
    public const string Data = "data";
    public const string Knowledge = "knowledge";
    public const string Redaction = "redaction";
    public const string Session = "session";

    public const string Redis = "redis";
    public const string RabbitMq = "rabbitmq";
    public const string Qdrant = "qdrant";
}
