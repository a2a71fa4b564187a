using System.Security.Cryptography;
using System.Text;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.State;
using Google.Protobuf;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Audit;

/// <summary>Makes the hashes that chain entries together, and checks them.</summary>
internal sealed class AuditSeal(IOptions<AuditOptions> options)
{
    private readonly (string Id, byte[] Bytes)[] _keys = [.. options.Value.Keys.Select(KeyOf)];

    /// <summary>Whether new entries are made with a key.</summary>
    public bool HasKey => _keys.Length > 0;

    /// <summary>
    /// What the first entry has in the place of the hash before it. It differs from log to log, so that no log can take another's place.
    /// </summary>
    public static string FirstOf(string service, Partition partition) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"faultmaven/audit/{service}/{partition.Tenant}")));

    /// <summary>Sets key and hash of an entry; all else is set before.</summary>
    public void Close(AuditEntry entry)
    {
        entry.KeyId = HasKey ? _keys[0].Id : "";
        entry.Hash = HashOf(entry, HasKey ? _keys[0].Bytes : null);
    }

    /// <summary>What is wrong with the hash of an entry by itself.</summary>
    public AuditLog.Types.Problem Check(AuditEntry entry)
    {
        byte[]? key = null;
        if (entry.KeyId.Length > 0)
        {
            key = _keys.FirstOrDefault(known => known.Id == entry.KeyId).Bytes;
            if (key is null)
            {
                return AuditLog.Types.Problem.UnknownKey;
            }
        }

        return entry.Hash == HashOf(entry, key) ? AuditLog.Types.Problem.Unspecified : AuditLog.Types.Problem.Hash;
    }

    private static string HashOf(AuditEntry entry, byte[]? key)
    {
        var hashed = entry.Clone();
        hashed.Name = "";
        hashed.Hash = "";
        var bytes = hashed.ToByteArray();
        return Convert.ToHexStringLower(key is null ? SHA256.HashData(bytes) : HMACSHA256.HashData(key, bytes));
    }

    // The id says which key it was without saying anything about it.
    private static (string Id, byte[] Bytes) KeyOf(string key)
    {
        var bytes = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(key), 32, info: "faultmaven audit"u8.ToArray());
        return (Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 4)), bytes);
    }
}
