namespace FaultMaven.ServiceDefaults.Storage;

/// <summary>A store other than Redis did not do what it was asked. A call fails with UNAVAILABLE then.</summary>
/// <param name="store">Which store: the value of <c>store</c> in the error.</param>
/// <param name="message">What failed, for people.</param>
/// <param name="innerException">What the store's client said.</param>
public sealed class StoreUnavailableException(string store, string message, Exception innerException)
    : IOException(message, innerException)
{
    /// <summary>Which store.</summary>
    public string Store => store;
}
