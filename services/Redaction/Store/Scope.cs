using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Redaction.Store;

/// <summary>The same value has the same placeholder inside a scope; usually the name of a case.</summary>
internal readonly record struct Scope
{
    private const int MaxLength = 128;

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./");

    private Scope(Partition partition) => Partition = partition;

    public string Name => Partition.Name;

    /// <summary>Where all that is kept of it is: two tenants may have scopes of the same name, which share nothing.</summary>
    public Partition Partition { get; }

    /// <summary>Whether it is named after a case.</summary>
    public bool IsCase => Name.StartsWith("cases/", StringComparison.Ordinal);

    /// <summary>
    /// Takes the name of a scope of a tenant: 1 to 128 letters, digits, <c>-</c>, <c>_</c>, <c>.</c> and <c>/</c>.
    /// </summary>
    public static bool TryParse(string tenant, string name, [NotNullWhen(true)] out Scope? scope)
    {
        scope = name.Length is > 0 and <= MaxLength && !name.AsSpan().ContainsAnyExcept(s_allowed)
            ? new Scope(new Partition(tenant, name))
            : null;
        return scope is not null;
    }
}
