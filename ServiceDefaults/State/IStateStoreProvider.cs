namespace FaultMaven.ServiceDefaults.State;

/// <summary>Opens the stores of services: in Redis, or embedded in this process.</summary>
public interface IStateStoreProvider
{
    /// <summary>The store of a service, which shares nothing with those of others. The provider closes it when it is disposed of.</summary>
    StateStore Open(string service);
}
