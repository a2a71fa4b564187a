namespace FaultMaven.Redaction.Pseudonyms;

/// <summary>Numbers the values of a scope: the same value the same number, two values of a type never the same, whoever asks at the same time.</summary>
internal interface IPseudonyms
{
    /// <summary>
    /// The numbers of some values, in their order. New ones are numbered per type from 1 in the order they are asked for; numbers may be skipped where
    /// callers compete.
    /// </summary>
    Task<IReadOnlyList<long>> NumberAsync(Scope scope, IReadOnlyList<SensitiveValue> values, CancellationToken cancellationToken);
}

/// <summary>A value to be numbered.</summary>
/// <param name="Type">Values of different types are different values.</param>
/// <param name="Identity">The value, or what stands for one too long to keep.</param>
internal readonly record struct SensitiveValue(string Type, string Identity);
