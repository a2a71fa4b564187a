using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction.Restoring;

/// <summary>Checks who may put values back by the secret they present. Where none is configured, no one may.</summary>
internal sealed class RestorePermission(IOptions<RestoreOptions> options)
{
    private const string Scheme = "Bearer ";

    private readonly (string Name, byte[] Digest)[] _callers =
        [.. options.Value.Callers.Select(caller => (caller.Name, SHA256.HashData(Encoding.UTF8.GetBytes(caller.Secret))))];

    /// <summary>The name of a caller who may, or null.</summary>
    /// <param name="authorization">The header of that name, or null.</param>
    public string? CallerOf(string? authorization)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        // Every caller is compared, and digests are equally long: how long it takes reveals nothing.
        var presented = SHA256.HashData(Encoding.UTF8.GetBytes(authorization[Scheme.Length..]));
        string? found = null;
        foreach (var (name, digest) in _callers)
        {
            found = CryptographicOperations.FixedTimeEquals(presented, digest) ? name : found;
        }

        return found;
    }
}
