namespace FaultMaven.Cli.Redact;

/// <summary>A policy is named <c>redactionPolicies/strict</c> or, in short, <c>strict</c>; one version of it <c>strict@3</c>.</summary>
internal static class PolicyName
{
    private const string Collection = "redactionPolicies/";

    /// <summary>The full name; empty for none.</summary>
    public static string From(string? given) =>
        string.IsNullOrEmpty(given) || given.StartsWith(Collection, StringComparison.Ordinal) ? given ?? "" : Collection + given;

    /// <summary>The name in short.</summary>
    public static string Short(string name) => name.StartsWith(Collection, StringComparison.Ordinal) ? name[Collection.Length..] : name;
}
