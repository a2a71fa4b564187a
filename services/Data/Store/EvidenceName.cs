using System.Diagnostics.CodeAnalysis;
using FaultMaven.ServiceDefaults.Storage;

namespace FaultMaven.Data.Store;

/// <summary>The name of evidence, <c>cases/{case}/evidence/{evidence}</c>.</summary>
/// <param name="Case">The case it belongs to.</param>
/// <param name="Id">Made of the same characters as the id of a case; ids made later sort later.</param>
internal readonly record struct EvidenceName(CaseName Case, string Id)
{
    private const string Collection = "/evidence/";

    public static EvidenceName New(CaseName parent, DateTimeOffset now) => new(parent, TimeOrderedId.New(now).ToString("N"));

    public static bool TryParse([NotNullWhen(true)] string? text, out EvidenceName name)
    {
        name = default;
        var border = text?.IndexOf(Collection, StringComparison.Ordinal) ?? -1;

        if (border < 0 || !CaseName.TryParse(text![..border], out var parent) || !CaseName.IsId(text.AsSpan(border + Collection.Length)))
        {
            return false;
        }

        name = new EvidenceName(parent, text[(border + Collection.Length)..]);

        return true;
    }

    public override string ToString() => $"{Case}{Collection}{Id}";
}
