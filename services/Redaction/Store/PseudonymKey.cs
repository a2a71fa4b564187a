using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction.Store;

/// <summary>
/// The installation's secret, under which values are digested before they are numbered: a reader of the store can neither try out
/// guesses, nor see that two scopes hold the same value.
/// </summary>
internal sealed class PseudonymKey
{
    private const int Length = 32;
    private const string FileName = "pseudonyms.key";

    private readonly byte[] _key;

    public PseudonymKey(IOptions<RedactionOptions> options, IHostEnvironment environment)
    {
        _key = options.Value.Key is { } configured
            ? Convert.FromBase64String(configured)
            : FromFile(Path.Combine(environment.ContentRootPath, options.Value.Directory));
        Fingerprint = HMACSHA256.HashData(_key, "faultmaven pseudonym key"u8)[..8];
    }

    /// <summary>Whether there is a key already.</summary>
    public static bool IsThere(RedactionOptions options, IHostEnvironment environment) =>
        options.Key is not null || File.Exists(Path.Combine(environment.ContentRootPath, options.Directory, FileName));

    /// <summary>Distinguishes keys without revealing one.</summary>
    public byte[] Fingerprint { get; }

    /// <summary>The digests of some values in a scope, in their order.</summary>
    public Digest[] Digest(Scope scope, IReadOnlyList<SensitiveValue> values)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _key);
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var digests = new Digest[values.Count];
        var parts = new ArrayBufferWriter<byte>();
        for (var i = 0; i < digests.Length; i++)
        {
            Append(parts, $"{scope.Partition}");
            Append(parts, values[i].Type);
            Append(parts, values[i].Identity);
            if (!values[i].IsWhole)
            {
                // So that nothing written in a text is the same value as something too long to keep.
                Append(parts, "hash");
            }

            hmac.AppendData(parts.WrittenSpan);
            hmac.GetHashAndReset(mac);
            digests[i] = Store.Digest.Read(mac);
            parts.Clear();
        }

        return digests;
    }

    /// <summary>Another key of 32 bytes, for another purpose.</summary>
    public byte[] Derive(ReadOnlySpan<byte> purpose)
    {
        var derived = new byte[Length];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _key, derived, salt: [], purpose);
        return derived;
    }

    // Each part with its length before it, so that no two lists of parts are the same bytes.
    private static void Append(ArrayBufferWriter<byte> parts, string part)
    {
        var length = Encoding.UTF8.GetByteCount(part);
        var written = parts.GetSpan(sizeof(int) + length);
        BinaryPrimitives.WriteInt32LittleEndian(written, length);
        Encoding.UTF8.GetBytes(part, written[sizeof(int)..]);
        parts.Advance(sizeof(int) + length);
    }

    private static byte[] FromFile(string directory)
    {
        MakePrivate(directory);
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            // Of two replicas that start together one makes the key and the other waits for it. A move that must not overwrite would not
            // do: it looks first and moves then.
            using var turn = WaitForTurn($"{path}.lock");
            if (!File.Exists(path))
            {
                Create(path);
            }
        }

        var key = File.ReadAllBytes(path);
        return key.Length == Length
            ? key
            : throw new InvalidOperationException(
            $"{path} is not a key of {Length} bytes; restore it, or delete it to start with new pseudonyms.");
    }

    private static FileStream WaitForTurn(string path)
    {
        var wait = new SpinWait();
        while (true)
        {
            try
            {
                return new FileStream(path, Private(FileMode.OpenOrCreate, FileAccess.ReadWrite));
            }
            catch (IOException) when (File.Exists(path))
            {
                wait.SpinOnce();
            }
        }
    }

    // Written beside and moved into place, so that a key is never read half-written.
    private static void Create(string path)
    {
        var draft = $"{path}.new";
        using (var file = new FileStream(draft, Private(FileMode.Create, FileAccess.Write)))
        {
            file.Write(RandomNumberGenerator.GetBytes(Length));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path);
    }

    // A folder that is there already keeps its mode: it may be a mount that others manage.
    private static void MakePrivate(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static FileStreamOptions Private(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
