using StackExchange.Redis;

namespace FaultMaven.Redaction.Store;

internal sealed partial class RedisPseudonyms
{
    // Of up to 20 KB each.
    private const int ChunksTogether = 64;

    private async Task<(ScopeHead Head, RedisValue Bytes)> ReadHeadAsync(Scope scope, CancellationToken cancellationToken)
    {
        var bytes = await redis.GetDatabase().StringGetAsync(new ScopeKeys(scope).Head).WaitAsync(cancellationToken);
        return (bytes.IsNull ? new ScopeHead() : ScopeHead.FromBytes(bytes!), bytes);
    }

    /// <summary>Reads what was added to a scope since an index was read.</summary>
    private async Task CatchUpAsync(Scope scope, ScopeIndex index, CancellationToken cancellationToken)
    {
        var (head, bytes) = await ReadHeadAsync(scope, cancellationToken);
        while (true)
        {
            CheckKey(scope, head);
            if (head.Origin != index.Head.Origin || head.FirstChunk != index.Head.FirstChunk || head.Version < index.Head.Version)
            {
                index.Clear();
            }

            if (await TryReadDigestsAsync(new ScopeKeys(scope), index, head, cancellationToken))
            {
                index.Advance(head, bytes);
                return;
            }

            // Someone may have forgotten the scope meanwhile. If not, continuing would give second numbers.
            index.Clear();
            var incomplete = bytes;
            (head, bytes) = await ReadHeadAsync(scope, cancellationToken);
            if (bytes == incomplete)
            {
                throw new InvalidDataException($"The store has lost some of what it held for {scope.Name}.");
            }
        }
    }

    private async Task<bool> TryReadDigestsAsync(ScopeKeys keys, ScopeIndex index, ScopeHead head, CancellationToken cancellationToken)
    {
        var known = index.Head;
        var (chunk, offset) = known.LastChunk >= known.FirstChunk ? (known.LastChunk, known.LastChunkLength) : (head.FirstChunk, 0);
        while (chunk <= head.LastChunk)
        {
            var parts = offset > 0
                ? [await redis.GetDatabase().StringGetRangeAsync(keys.Digests(chunk), offset, -1).WaitAsync(cancellationToken)]
                : await ReadChunksAsync(keys, chunk, Math.Min(ChunksTogether, head.LastChunk - chunk + 1), cancellationToken);
            foreach (var part in parts)
            {
                // The last one may have grown since the head was read.
                var bytes = (byte[]?)part ?? [];
                var length = chunk < head.LastChunk ? bytes.Length : head.LastChunkLength - offset;
                if (part.IsNull || bytes.Length < length || !DigestLog.TryRead(bytes.AsSpan(0, length), index.Table))
                {
                    return false;
                }

                (chunk, offset) = (chunk + 1, 0);
            }
        }

        return true;
    }

    private Task<RedisValue[]> ReadChunksAsync(ScopeKeys keys, long first, long count, CancellationToken cancellationToken)
    {
        var chunks = new RedisKey[count];
        for (var i = 0; i < count; i++)
        {
            chunks[i] = keys.Digests(first + i);
        }

        return redis.GetDatabase().StringGetAsync(chunks).WaitAsync(cancellationToken);
    }
}
