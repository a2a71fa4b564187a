using System.Security.Cryptography;
using System.Text;
using FaultMaven.ServiceDefaults.State;
using Google.Protobuf;

namespace FaultMaven.ServiceDefaults.Requests;

/// <summary>
/// A request with a <c>request_id</c> that is being carried out. The transaction that makes its change also holds its answer, so that
/// either both are there or neither is, however the process ends.
/// </summary>
public sealed class RequestEntry
{
    private const int SecretLength = 32;
    private const int IdLength = 16;

    private static readonly AsyncLocal<RequestEntry?> s_current = new();

    private readonly RequestContent _content;
    private readonly IRequestRecords _records;
    private readonly RequestLedgerOptions _options;
    private bool _hasEnded;

    internal RequestEntry(string key, RequestContent content, IRequestRecords records, RequestLedgerOptions options) =>
        (Key, _content, _records, _options) = (key, content, records, options);

    /// <summary>The entry of the request that this code runs for; null if it has no id, and in the background.</summary>
    public static RequestEntry? Current => s_current.Value is { _hasEnded: false } entry ? entry : null;

    /// <summary>Where the record of its answer is kept.</summary>
    public string Key { get; }

    /// <summary>For how long.</summary>
    public TimeSpan Lifetime => _options.Retention;

    /// <summary>The record of its answer once that is kept; null until then.</summary>
    internal byte[]? Record { get; private set; }

    /// <summary>
    /// Puts the answer into the transaction that makes the change. The transaction is refused if another process has answered the request
    /// meanwhile; committing it then throws, and the request gets that answer.
    /// </summary>
    public void Stage(StateTransaction transaction, IMessage answer)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        var record = Seal(answer);
        transaction.Shard.IfAbsent(Key);
        transaction.Shard.Put(Key, record, Lifetime);
        transaction.AfterCommit(() => Keep(record));
        transaction.IfRefused(async cancellationToken =>
        {
            if (await _records.FindAsync(Key, cancellationToken) is { } other)
            {
                throw new RequestAnsweredException(other);
            }
        });
    }

    /// <summary>Seals an answer, for a service with a store of its own, which keeps it under <see cref="Key"/>.</summary>
    public byte[] Seal(IMessage answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return SealedAnswer.Seal(answer.CalculateSize() <= _options.MaxAnswerBytes ? answer : null, Derive("answer", SecretLength));
    }

    /// <summary>Notes that the record is kept.</summary>
    public void Keep(byte[] record) => Record = record;

    /// <summary>Ends the transaction of a service with a store of its own, which has found a record of the request.</summary>
    public static Exception Answered(byte[] record) => new RequestAnsweredException(record);

    /// <summary>An id that the same request always gives: 32 hexadecimal digits.</summary>
    public string DeriveId() => Convert.ToHexStringLower(Derive("id", IdLength));

    /// <summary>Opens a record; see <see cref="SealedAnswer.TryOpen"/>. Reads a stream to its end before.</summary>
    internal async Task<(bool IsSame, byte[]? Answer)> OpenAsync(byte[] record, CancellationToken cancellationToken)
    {
        await _content.ReadToEndAsync(cancellationToken);
        return SealedAnswer.TryOpen(record, Derive("answer", SecretLength), out var answer) ? (true, answer) : (false, null);
    }

    /// <summary>Runs code for which this is the current entry.</summary>
    internal async Task<T> RunAsync<T>(Func<Task<T>> run)
    {
        s_current.Value = this;
        try
        {
            return await run();
        }
        finally
        {
            _hasEnded = true;
        }
    }

    private byte[] Derive(string purpose, int length) => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, _content.Complete(), length, Encoding.UTF8.GetBytes(Key), Encoding.UTF8.GetBytes(purpose));
}

/// <summary>Keeps answers with changes.</summary>
public static class RequestEntryExtensions
{
    /// <summary>Keeps the answer of the request that is being carried out, if it has an id; see <see cref="RequestEntry.Stage"/>.</summary>
    public static void Answer(this StateTransaction transaction, IMessage answer) => RequestEntry.Current?.Stage(transaction, answer);
}
