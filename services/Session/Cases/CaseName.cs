using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using FaultMaven.ServiceDefaults.Storage;

namespace FaultMaven.Sessions.Cases;

/// <summary>The name of a case: <c>cases/{id}</c>, the id of 1 to 64 lower-case letters, digits and hyphens.</summary>
internal readonly partial record struct CaseName(string Id)
{
    private const string Prefix = "cases/";

    public static CaseName New(DateTimeOffset now) => new(TimeOrderedId.New(now).ToString());

    /// <summary>The name that a request id stands for: the same id always gives the same name.</summary>
    public static CaseName ForRequest(string requestId) =>
        new("r-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(requestId)).AsSpan(0, 16)));

    public static bool TryParse([NotNullWhen(true)] string? name, out CaseName result)
    {
        var valid = name is not null && name.StartsWith(Prefix, StringComparison.Ordinal) && Identifier().IsMatch(name.AsSpan(Prefix.Length));
        result = valid ? new CaseName(name![Prefix.Length..]) : default;
        return valid;
    }

    public override string ToString() => Prefix + Id;

    [GeneratedRegex(@"^[a-z0-9-]{1,64}\z")]
    private static partial Regex Identifier();
}
