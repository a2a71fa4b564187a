namespace FaultMaven.ServiceDefaults.Calls;

/// <summary>How calls reach the other services: over the network, or inside one process.</summary>
public interface IServiceTransport
{
    /// <summary>The address to call a service by.</summary>
    Uri GetAddress(string service);

    /// <summary>What carries the bytes.</summary>
    HttpMessageHandler CreateHandler();
}
