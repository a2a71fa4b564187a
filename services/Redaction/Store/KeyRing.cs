using FaultMaven.ServiceDefaults.State;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction.Store;

/// <summary>
/// The keys under which values are kept. The first seals, all of them unseal, so a key is changed by putting a new one before it. Without
/// any, a key derived from the installation's is used, which also stays the last one of the ring.
/// </summary>
internal sealed class KeyRing(IOptions<RedactionOptions> options, PseudonymKey installation)
{
    /// <summary>What the derived key is called.</summary>
    public const string InstallationId = "installation";

    private readonly VaultKey[] _keys =
    [
        .. options.Value.Keys.Select(key => new VaultKey(key.Id, Convert.FromBase64String(key.Key))),
        new VaultKey(InstallationId, installation.Derive("faultmaven vault"u8)),
    ];

    /// <summary>Seals and unseals what is kept in one partition, such as a scope; no two of them share a key.</summary>
    public Seal Open(Partition partition) => new($"{partition}", _keys);
}

/// <summary>A key of the ring.</summary>
/// <param name="Id">Stored with every value that was sealed under it.</param>
/// <param name="Secret">32 bytes or more.</param>
internal sealed record VaultKey(string Id, byte[] Secret);
