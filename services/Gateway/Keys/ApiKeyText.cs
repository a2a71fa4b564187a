using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using FaultMaven.Protos.Names;

namespace FaultMaven.Gateway.Keys;

/// <summary>
/// A key as it is sent: <c>fmk_{id}_{secret}</c>. The secret has 43 random characters, which is 256 bits, and 6 characters of CRC-32 over
/// all that is in front of them, so that typing errors and texts that only look like keys are found without asking anyone.
/// </summary>
/// <param name="Id">Which key it is.</param>
/// <param name="Text">All of it.</param>
internal readonly record struct ApiKeyText(string Id, string Text)
{
    /// <summary>What all keys begin with.</summary>
    public const string Prefix = "fmk_";

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string IdAlphabet = "0123456789abcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 16;
    private const int RandomLength = 43;
    private const int ChecksumLength = 6;

    private static readonly SearchValues<char> s_alphabet = SearchValues.Create(Alphabet);

    /// <summary>What is kept of it. The secret is random, so a fast hash is as good as a slow one.</summary>
    public byte[] Digest => SHA256.HashData(Encoding.ASCII.GetBytes(Text));

    /// <summary>An id for a new key.</summary>
    public static string NewId() => RandomNumberGenerator.GetString(IdAlphabet, IdLength);

    /// <summary>A key with a new secret.</summary>
    public static ApiKeyText New(string id)
    {
        var body = $"{Prefix}{id}_{RandomNumberGenerator.GetString(Alphabet, RandomLength)}";
        return new ApiKeyText(id, body + ChecksumOf(body));
    }

    /// <summary>Reads a key; null if it does not have the form of one, or its checksum is wrong.</summary>
    public static ApiKeyText? Parse(string text)
    {
        const int SecretLength = RandomLength + ChecksumLength;
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length != Prefix.Length + IdLength + 1 + SecretLength)
        {
            return null;
        }

        var id = text.Substring(Prefix.Length, IdLength);
        var isKey = ResourceId.IsValid(id)
            && text[Prefix.Length + IdLength] == '_'
            && !text.AsSpan(^SecretLength..).ContainsAnyExcept(s_alphabet)
            && text.AsSpan(^ChecksumLength..).SequenceEqual(ChecksumOf(text[..^ChecksumLength]));
        return isKey ? new ApiKeyText(id, text) : null;
    }

    // In base 62, the most significant digit first.
    private static string ChecksumOf(string body)
    {
        Span<byte> hash = stackalloc byte[sizeof(uint)];
        Crc32.Hash(Encoding.ASCII.GetBytes(body), hash);
        var rest = BinaryPrimitives.ReadUInt32LittleEndian(hash);
        Span<char> digits = stackalloc char[ChecksumLength];
        for (var i = ChecksumLength - 1; i >= 0; i--)
        {
            digits[i] = Alphabet[(int)(rest % (uint)Alphabet.Length)];
            rest /= (uint)Alphabet.Length;
        }

        return new string(digits);
    }
}
