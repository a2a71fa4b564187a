namespace FaultMaven.Redaction.Store;

/// <summary>
/// A scope was started under another key. Going on would give values that have a placeholder a second one.
/// </summary>
internal sealed class PseudonymKeyMismatchException(Scope scope) : Exception(
    $"Scope {scope.Name} holds pseudonyms made under another key. Give all replicas the same Redaction:Key, or restore the key file.");
