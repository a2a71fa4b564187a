using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace FaultMaven.Redaction.Store;

/// <summary>Inside what the same value has the same placeholder; usually a case's name.</summary>
internal readonly record struct Scope
{
    private const int MaxLength = 128;

    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./");

    private Scope(string name) => Name = name;

    public string Name { get; }

    /// <summary>Takes a name of 1 to 128 letters, digits, <c>-</c>, <c>_</c>, <c>.</c> and <c>/</c>.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out Scope? scope)
    {
        scope = name.Length is > 0 and <= MaxLength && !name.AsSpan().ContainsAnyExcept(s_allowed) ? new Scope(name) : null;
        return scope is not null;
    }
}
