using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FaultMaven.Redaction.Store;

namespace FaultMaven.Redaction.Redacting;

/// <summary>
/// Hashes values to placeholders that are the same in all scopes: 12 digits of an HMAC-SHA256 under a key of the installation, then 6
/// that prove that the first 12 are ours, so that a made-up one is not accepted.
/// </summary>
internal sealed class PlaceholderHash(PseudonymKey key)
{
    private const long Proofs = 1_000_000;
    private const long FirstValue = Pseudonym.FirstHash / Proofs;
    private const long Values = 9 * FirstValue;

    private readonly byte[] _key = key.Derive("faultmaven placeholder hash"u8);

    /// <summary>The number of a value, of 18 digits.</summary>
    public long NumberOf(SensitiveValue value)
    {
        var number = FirstValue + Truncated($"{value.Type} {(value.IsWhole ? '=' : '#')} {value.Identity}", Values);
        return (number * Proofs) + ProofOf(value.Type, number);
    }

    /// <summary>Whether a number of 18 digits is one that we make. A guess is right once in a million.</summary>
    public bool IsOurs(Pseudonym pseudonym) => pseudonym.Number % Proofs == ProofOf(pseudonym.Type, pseudonym.Number / Proofs);

    // No value has a newline where its type ends, so no value's text is a proof's.
    private long ProofOf(string type, long number) => Truncated(string.Create(CultureInfo.InvariantCulture, $"{type}\n{number}"), Proofs);

    private long Truncated(string text, long modulus)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text), mac);
        return (long)(BinaryPrimitives.ReadUInt64BigEndian(mac) % (ulong)modulus);
    }
}
