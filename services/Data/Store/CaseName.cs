using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace FaultMaven.Data.Store;

/// <summary>The name of a case, <c>cases/{case}</c>. Its id is safe as a part of a path and of a key.</summary>
/// <param name="Id">1 to 64 of <c>a-z</c>, <c>0-9</c> and <c>-</c>.</param>
internal readonly record struct CaseName(string Id)
{
    private const string Prefix = "cases/";
    private const int MaxIdLength = 64;

    private static readonly SearchValues<char> s_idCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static bool TryParse([NotNullWhen(true)] string? text, out CaseName name)
    {
        name = default;

        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal) || !IsId(text.AsSpan(Prefix.Length)))
        {
            return false;
        }

        name = new CaseName(text[Prefix.Length..]);

        return true;
    }

    internal static bool IsId(ReadOnlySpan<char> text) => text.Length is > 0 and <= MaxIdLength && !text.ContainsAnyExcept(s_idCharacters);

    public override string ToString() => $"{Prefix}{Id}";
}
