using System.Diagnostics.CodeAnalysis;

namespace FaultMaven.ServiceDefaults.Filtering;

/// <summary>A filter that was read.</summary>
/// <typeparam name="T">What it chooses from.</typeparam>
public sealed class Filter<T>
{
    private readonly IReadOnlyDictionary<string, IReadOnlySet<string>> _required;

    internal Filter(Func<T, bool> matches, IReadOnlyDictionary<string, IReadOnlySet<string>> required)
    {
        Matches = matches;
        _required = required;
    }

    /// <summary>Whether an item is among those that are asked for.</summary>
    public Func<T, bool> Matches { get; }

    /// <summary>
    /// The values one of which a field of every item that matches has: what an index can be asked for. Other items may have them too.
    /// Of an enum they are numbers, in decimal. Texts with <c>*</c> and comparisons for parts of a text require nothing.
    /// </summary>
    public bool TryGetRequired(string field, [NotNullWhen(true)] out IReadOnlySet<string>? values) =>
        _required.TryGetValue(field, out values);
}
