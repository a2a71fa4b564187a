using FaultMaven.ServiceDefaults.Storage;

namespace FaultMaven.ServiceDefaults.State;

/// <summary>The store did not do what it was asked. Of a transaction, it is not known whether it was committed.</summary>
/// <param name="kind">Why.</param>
/// <param name="message">What failed, for people.</param>
/// <param name="innerException">What the store's client said.</param>
public sealed class StateStoreException(StoreFailureKind kind, string message, Exception innerException)
    : IOException(message, innerException)
{
    /// <summary>Why.</summary>
    public StoreFailureKind Kind => kind;
}
