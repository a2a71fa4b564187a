using System.Security.Cryptography;
using System.Text;

namespace FaultMaven.Redaction.Store;

/// <summary>
/// Seals the values of one container with AES-256-GCM under its own key (HKDF-SHA256 of the ring's, by the container's name). A
/// sealed value opens only at the place it was sealed for, so values can't be moved about in the store.
/// </summary>
/// <remarks>
/// Format: 1, length of the key's id, the id, 12 bytes of nonce, 16 bytes of tag, the value encrypted; text is UTF-8. Not thread-safe.
/// </remarks>
internal sealed class Seal(string container, IReadOnlyList<VaultKey> keys) : IDisposable
{
    private const byte Format = 1;
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;

    // Asking for randomness takes longer than sealing a short value, so nonces are made some at a time. Each is used once.
    private readonly byte[] _nonces = new byte[64 * NonceLength];
    private int _noncesUsed = 64 * NonceLength;

    private readonly byte[] _id = Encoding.UTF8.GetBytes(keys[0].Id);
    private readonly AesGcm?[] _ciphers = new AesGcm?[keys.Count];

    /// <summary>Seals a text for a place.</summary>
    public byte[] Close(string place, string value)
    {
        var plain = Encoding.UTF8.GetBytes(value);
        var sealedValue = new byte[LengthOf(plain.Length)];
        Close(place, plain, sealedValue);
        CryptographicOperations.ZeroMemory(plain);
        return sealedValue;
    }

    /// <summary>Seals some bytes for a place, into as many as <see cref="LengthOf"/> says.</summary>
    public void Close(string place, ReadOnlySpan<byte> plain, Span<byte> sealedValue)
    {
        var header = 2 + _id.Length;
        sealedValue[0] = Format;
        sealedValue[1] = (byte)_id.Length;
        _id.CopyTo(sealedValue[2..]);

        var nonce = sealedValue.Slice(header, NonceLength);
        TakeNonce(nonce);
        CipherOf(0).Encrypt(
            nonce,
            plain,
            sealedValue[(header + NonceLength + TagLength)..],
            sealedValue.Slice(header + NonceLength, TagLength),
            Bound(sealedValue[..header], place));
    }

    /// <summary>How long so many bytes are once they are sealed.</summary>
    public int LengthOf(int plainLength) => 2 + _id.Length + NonceLength + TagLength + plainLength;

    /// <summary>The text, or null if its key isn't on the ring or it isn't what was sealed for this place.</summary>
    public string? Open(string place, ReadOnlySpan<byte> sealedValue)
    {
        if (OpenBytes(place, sealedValue) is not { } plain)
        {
            return null;
        }

        var value = Encoding.UTF8.GetString(plain);
        CryptographicOperations.ZeroMemory(plain);
        return value;
    }

    /// <summary>The bytes, or null if their key isn't on the ring or they aren't what was sealed for this place.</summary>
    public byte[]? OpenBytes(string place, ReadOnlySpan<byte> sealedValue)
    {
        if (KeyOf(sealedValue) is not { } key)
        {
            return null;
        }

        var header = 2 + sealedValue[1];
        var plain = new byte[sealedValue.Length - header - NonceLength - TagLength];
        try
        {
            CipherOf(key).Decrypt(
                sealedValue.Slice(header, NonceLength),
                sealedValue[(header + NonceLength + TagLength)..],
                sealedValue.Slice(header + NonceLength, TagLength),
                plain,
                Bound(sealedValue[..header], place));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>The id of the first key of the ring.</summary>
    public string KeyId => keys[0].Id;

    /// <summary>Whether a value is sealed under the first key of the ring.</summary>
    public bool IsCurrent(ReadOnlySpan<byte> sealedValue) => KeyOf(sealedValue) == 0;

    public void Dispose()
    {
        foreach (var cipher in _ciphers)
        {
            cipher?.Dispose();
        }
    }

    private int? KeyOf(ReadOnlySpan<byte> sealedValue)
    {
        if (sealedValue.Length < 2 || sealedValue[0] != Format || sealedValue.Length < 2 + sealedValue[1] + NonceLength + TagLength)
        {
            return null;
        }

        var id = Encoding.UTF8.GetString(sealedValue.Slice(2, sealedValue[1]));
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys[i].Id == id)
            {
                return i;
            }
        }

        return null;
    }

    private void TakeNonce(Span<byte> nonce)
    {
        if (_noncesUsed == _nonces.Length)
        {
            RandomNumberGenerator.Fill(_nonces);
            _noncesUsed = 0;
        }

        _nonces.AsSpan(_noncesUsed, NonceLength).CopyTo(nonce);
        _noncesUsed += NonceLength;
    }

    private AesGcm CipherOf(int key)
    {
        if (_ciphers[key] is not { } cipher)
        {
            var derived = HKDF.DeriveKey(
                HashAlgorithmName.SHA256, keys[key].Secret, KeyLength, salt: null,
                    Encoding.UTF8.GetBytes($"faultmaven vault 1 {container}"));
            _ciphers[key] = cipher = new AesGcm(derived, TagLength);
            CryptographicOperations.ZeroMemory(derived);
        }

        return cipher;
    }

    // The container is in the key; the header has its own length inside.
    private static byte[] Bound(ReadOnlySpan<byte> header, string place) => [.. header, .. Encoding.UTF8.GetBytes(place)];
}
