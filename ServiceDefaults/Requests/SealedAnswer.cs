using System.Security.Cryptography;
using Google.Protobuf;

namespace FaultMaven.ServiceDefaults.Requests;

/// <summary>
/// An answer, sealed under a key that is made of the request itself: only who makes the same request again can open it, and a record says
/// nothing about the request. So another request with the same id is known by not opening it.
/// </summary>
internal static class SealedAnswer
{
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeaderLength = 1 + NonceLength + TagLength;

    private enum Kind : byte
    {
        /// <summary>The answer follows.</summary>
        Kept = 1,

        /// <summary>The answer was too large to keep.</summary>
        NotKept = 2,
    }

    /// <summary>Seals an answer.</summary>
    /// <param name="answer">The answer; null for one that is not kept.</param>
    /// <param name="secret">The key, 32 bytes.</param>
    public static byte[] Seal(IMessage? answer, ReadOnlySpan<byte> secret)
    {
        var content = answer?.ToByteArray() ?? [];
        var record = new byte[HeaderLength + content.Length];
        record[0] = (byte)(answer is null ? Kind.NotKept : Kind.Kept);
        var nonce = record.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(secret, TagLength);
        cipher.Encrypt(nonce, content, record.AsSpan(HeaderLength), record.AsSpan(1 + NonceLength, TagLength), record.AsSpan(0, 1));
        return record;
    }

    /// <summary>Whether a record has the form of one.</summary>
    public static bool IsOne(ReadOnlySpan<byte> record) =>
        record.Length >= HeaderLength
        && (Kind)record[0] switch
        {
            Kind.Kept => true,
            Kind.NotKept => record.Length == HeaderLength,
            _ => false,
        };

    /// <summary>Opens an answer. False if it was given to another request.</summary>
    /// <param name="record">What <see cref="Seal"/> gave.</param>
    /// <param name="secret">The key, 32 bytes.</param>
    /// <param name="answer">The answer; null for one that is not kept.</param>
    public static bool TryOpen(ReadOnlySpan<byte> record, ReadOnlySpan<byte> secret, out byte[]? answer)
    {
        answer = null;
        if (record.Length < HeaderLength)
        {
            return false;
        }

        var content = new byte[record.Length - HeaderLength];
        using var cipher = new AesGcm(secret, TagLength);
        try
        {
            cipher.Decrypt(
                record.Slice(1, NonceLength), record[HeaderLength..], record.Slice(1 + NonceLength, TagLength), content, record[..1]);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        answer = (Kind)record[0] is Kind.Kept ? content : null;
        return true;
    }
}
