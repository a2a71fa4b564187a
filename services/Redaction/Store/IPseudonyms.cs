namespace FaultMaven.Redaction.Store;

/// <summary>
/// Numbers the values of a scope (the same value the same number, two values of a type never the same, also with concurrent callers) and
/// keeps them, so that they can be put back for a time.
/// </summary>
internal interface IPseudonyms
{
    /// <summary>
    /// The numbers of some values, in their order. New ones are numbered per type from 1 in the order they are asked for, and none is
    /// skipped. The values are kept from now on, or for longer if they were already.
    /// </summary>
    Task<IReadOnlyList<NumberedValue>> NumberAsync(Scope scope, IReadOnlyList<SensitiveValue> values, CancellationToken cancellationToken);

    /// <summary>The highest number that each of some types has, in their order; 0 for one that has none.</summary>
    Task<IReadOnlyList<long>> LastNumbersAsync(Scope scope, IReadOnlyList<string> types, CancellationToken cancellationToken);

    /// <summary>The values behind some pseudonyms, in their order; null where none is kept.</summary>
    Task<IReadOnlyList<string?>> FindAsync(Scope scope, IReadOnlyList<Pseudonym> pseudonyms, CancellationToken cancellationToken);

    /// <summary>Whether the scope's case is closed, or nothing was ever numbered in the scope.</summary>
    Task<bool> IsClosedAsync(Scope scope, CancellationToken cancellationToken);

    /// <summary>Says that the scope's case is closed: its values are kept for a shorter time from now on.</summary>
    Task CloseAsync(Scope scope, CancellationToken cancellationToken);

    /// <summary>Says that the scope's case is open again: what values are left are kept for as long as those of other open cases.</summary>
    Task ReopenAsync(Scope scope, CancellationToken cancellationToken);

    /// <summary>Forgets the values and which number each had. No number is ever given again.</summary>
    /// <returns>How many values were kept.</returns>
    Task<long> ForgetAsync(Scope scope, CancellationToken cancellationToken);
}

/// <summary>A value to be numbered.</summary>
/// <param name="Type">Values of different types are different values.</param>
/// <param name="Identity">The value, or a hash of one that is too long to keep.</param>
/// <param name="IsWhole">Whether the identity is the value itself; one that isn't can be numbered and never put back.</param>
internal readonly record struct SensitiveValue(string Type, string Identity, bool IsWhole = true);

/// <summary>The number of a value.</summary>
/// <param name="Number">From 1.</param>
/// <param name="IsNew">Whether it was given out just now.</param>
internal readonly record struct NumberedValue(long Number, bool IsNew);
