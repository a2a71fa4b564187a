using System.Globalization;

namespace FaultMaven.ServiceDefaults.Json;

/// <summary>Where in a message a value is, such as <c>redaction_policy.patterns[2].name</c>.</summary>
internal sealed record FieldPath(FieldPath? Parent, string Name, int Index = -1)
{
    private const int MaxName = 64;

    /// <summary>A name that a caller gave, short enough for a message.</summary>
    public static string Shorten(string name) => name.Length <= MaxName ? name : name[..MaxName] + "…";

    public override string ToString()
    {
        var name = Index < 0 ? Name : string.Create(CultureInfo.InvariantCulture, $"{Name}[{Index}]");
        return Parent is null ? name : $"{Parent}.{name}";
    }
}
