using FaultMaven.ServiceDefaults.Requests;
using Google.Protobuf;
using Microsoft.Data.Sqlite;

namespace FaultMaven.Knowledge.Database;

/// <summary>The records of <see cref="RequestLedger"/>, in the database that the changes are made in. No other process uses it.</summary>
internal sealed class KnowledgeRequestRecords(KnowledgeDatabases databases, TimeProvider time) : IRequestRecords
{
    public Task<byte[]?> FindAsync(string key, CancellationToken cancellationToken) =>
        databases.OfCaller.ReadAsync(connection => Find(connection, key, Now()), cancellationToken);

    public Task AddAsync(string key, byte[] record, TimeSpan lifetime, CancellationToken cancellationToken) =>
        databases.OfCaller.WriteAsync(
            connection =>
            {
                if (Find(connection, key, Now()) is null)
                {
                    Put(connection, key, record, lifetime);
                }

                return true;
            },
            cancellationToken);

    public Task<IRequestClaim?> TryClaimAsync(string key, CancellationToken cancellationToken) =>
        Task.FromResult<IRequestClaim?>(new ProcessClaim());

    /// <summary>Keeps the answer of the request that is carried out, if it has an id, in the transaction that makes its change.</summary>
    /// <returns>The record to note once the transaction is committed; null if there is none.</returns>
    public byte[]? Answer(SqliteConnection connection, IMessage answer)
    {
        if (RequestEntry.Current is not { } entry)
        {
            return null;
        }

        if (Find(connection, entry.Key, Now()) is { } other)
        {
            throw RequestEntry.Answered(other);
        }

        var record = entry.Seal(answer);
        Put(connection, entry.Key, record, entry.Lifetime);
        return record;
    }

    private static byte[]? Find(SqliteConnection connection, string key, long now)
    {
        using var command = connection.Command(
            "SELECT record FROM requests WHERE key = $key AND expire_time > $now", ("$key", key), ("$now", now));
        return (byte[]?)command.ExecuteScalar();
    }

    private void Put(SqliteConnection connection, string key, byte[] record, TimeSpan lifetime)
    {
        var now = Now();
        connection.Execute("DELETE FROM requests WHERE expire_time <= $now", ("$now", now));
        connection.Execute(
            "INSERT INTO requests (key, record, expire_time) VALUES ($key, $record, $expire)",
            ("$key", key), ("$record", record), ("$expire", now + (long)lifetime.TotalMilliseconds));
    }

    private long Now() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
