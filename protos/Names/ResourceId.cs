using System.Buffers;

namespace FaultMaven.Protos.Names;

/// <summary>
/// One id in a resource name: 1 to 64 of <c>a-z</c>, <c>0-9</c> and <c>-</c>, so it is safe in paths and in keys of stores.
/// </summary>
public static class ResourceId
{
    /// <summary>The longest id.</summary>
    public const int MaxLength = 64;

    private static readonly SearchValues<char> s_characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>Whether <paramref name="text"/> has the form of an id.</summary>
    public static bool IsValid(ReadOnlySpan<char> text) => text.Length is > 0 and <= MaxLength && !text.ContainsAnyExcept(s_characters);

    /// <summary>Splits a name into its parent and its id: <c>cases/1/turns/2</c> is <c>cases/1</c> and <c>2</c>.</summary>
    internal static bool TrySplit(string? text, string collection, out string parent, out string id)
    {
        var border = text?.LastIndexOf(collection, StringComparison.Ordinal) ?? -1;
        parent = border < 0 ? "" : text![..border];
        id = border < 0 ? "" : text![(border + collection.Length)..];
        return IsValid(id);
    }
}
