namespace FaultMaven.Redaction.Store;

internal sealed partial class RedisPseudonyms
{
    // Of the retention: what is left may differ by so much. Saves most calls a write, and clocks of replicas may differ.
    private const double Tolerance = 0.1;

    // How many keys one round trip is about.
    private const int KeysTogether = 500;

    public async Task<bool> IsClosedAsync(Scope scope, CancellationToken cancellationToken)
    {
        var (head, bytes) = await ReadHeadAsync(scope, cancellationToken);
        return bytes.IsNull || head.IsClosed;
    }

    public Task CloseAsync(Scope scope, CancellationToken cancellationToken) => InTurnAsync(scope, async _ =>
    {
        while (true)
        {
            var (old, bytes) = await ReadHeadAsync(scope, cancellationToken);
            var now = time.GetUtcNow();

            // A second event must not give the values more time.
            var until = now + options.Value.RetentionAfterClosing;
            var head = old with { IsClosed = true, KeptUntil = old.KeptUntil < until ? old.KeptUntil : until };
            if (await TryReplaceAsync(new ScopeKeys(scope), redis.GetDatabase().CreateTransaction(), old, bytes, head, [],
                cancellationToken) is not null)
            {
                // Always: the consumer of an earlier event may have failed before it came this far.
                if (head.KeptUntil > now)
                {
                    await ExpireAsync(scope, head, head.KeptUntil - now, cancellationToken);
                }

                return;
            }
        }
    }, cancellationToken);

    public async Task<long> ForgetAsync(Scope scope, CancellationToken cancellationToken)
    {
        var count = 0L;
        await InTurnAsync(scope, async _ =>
        {
            var (old, head) = await EmptyAsync(scope, cancellationToken);
            count = old.KeptUntil > time.GetUtcNow() ? old.KeptCount : 0;
            await DeleteAsync(scope, head, cancellationToken);
        }, cancellationToken);
        return count;
    }

    /// <summary>
    /// The head of a scope, as it has to be when values are used: with the full time for them if a tenth of it has passed.
    /// </summary>
    private async Task<ScopeHead> RenewAsync(Scope scope, ScopeHead head, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (head.KeptUntil <= now && head.KeptUntil > DateTimeOffset.UnixEpoch)
        {
            // They are gone from the store by themselves, unless something else was left there that is to be deleted.
            var isClean = head.OldestGeneration == head.Generation;
            head = head.WithoutValues();
            head = isClean ? head with { OldestGeneration = head.Generation } : head;
        }

        var retention = head.IsClosed ? options.Value.RetentionAfterClosing : options.Value.Retention;
        var left = head.KeptUntil - now;
        if (left > retention * (1 - Tolerance) && left <= retention * (1 + Tolerance))
        {
            return head;
        }

        // Values first, so that they are there for as long as the head says. If some are gone, no one may assume that they are kept.
        var areThere = left <= TimeSpan.Zero || left > retention || await ExpireAsync(scope, head, retention, cancellationToken);
        return (areThere ? head : head.WithNothingSure()) with { KeptUntil = now + retention, Fingerprint = key.Fingerprint };
    }

    // The head first, so that no one assumes that they are kept when they are gone.
    private async Task ShortenAsync(Scope scope, ScopeHead old, ScopeHead head, TimeSpan timeLeft, CancellationToken cancellationToken)
    {
        if (old.Generation == head.Generation && old.KeptUntil > head.KeptUntil)
        {
            await ExpireAsync(scope, head, timeLeft, cancellationToken);
        }
    }

    /// <returns>Whether all that values may be in is there.</returns>
    private async Task<bool> ExpireAsync(Scope scope, ScopeHead head, TimeSpan timeLeft, CancellationToken cancellationToken)
    {
        var keys = new ScopeKeys(scope);
        var database = redis.GetDatabase();
        var areThere = true;
        foreach (var places in ScopeKeys.Places(head, head.Generation).Chunk(KeysTogether))
        {
            var were = await Task.WhenAll(places.Select(place => database.KeyExpireAsync(keys.Values(place), timeLeft)))
                .WaitAsync(cancellationToken);
            areThere &= were.All(was => was);
        }

        return areThere;
    }

    /// <summary>Makes a head that no longer leads to digests and values. Counters stay.</summary>
    private async Task<(ScopeHead Old, ScopeHead Head)> EmptyAsync(Scope scope, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (old, bytes) = await ReadHeadAsync(scope, cancellationToken);
            var head = old.WithoutValues() with { FirstChunk = old.LastChunk + 1, LastChunkLength = 0 };
            if (bytes.IsNull
                || await TryReplaceAsync(new ScopeKeys(scope), redis.GetDatabase().CreateTransaction(), old, bytes, head, [],
                cancellationToken) is not null)
            {
                return (old, head);
            }
        }
    }

    /// <summary>Deletes what no head leads to, also if an earlier attempt did not finish.</summary>
    private async Task DeleteAsync(Scope scope, ScopeHead forgotten, CancellationToken cancellationToken)
    {
        var keys = new ScopeKeys(scope);
        var database = redis.GetDatabase();
        var generations = Enumerable.Range(0, (int)(forgotten.Generation - forgotten.OldestGeneration))
            .Select(i => forgotten.OldestGeneration + i);
        var chunks = Enumerable.Range(0, (int)(forgotten.FirstChunk - forgotten.OldestChunk))
            .Select(i => keys.Digests(forgotten.OldestChunk + i));
        var values = generations.SelectMany(generation => ScopeKeys.Places(forgotten, generation)).Select(place => keys.Values(place));
        foreach (var some in values.Concat(chunks).Chunk(KeysTogether))
        {
            await database.KeyDeleteAsync(some).WaitAsync(cancellationToken);
        }

        while (true)
        {
            var (old, bytes) = await ReadHeadAsync(scope, cancellationToken);
            var head = old with
            {
                OldestChunk = Math.Max(old.OldestChunk, forgotten.FirstChunk),
                OldestGeneration = Math.Max(old.OldestGeneration, forgotten.Generation),
            };
            if (bytes.IsNull
                || await TryReplaceAsync(keys, database.CreateTransaction(), old, bytes, head, [], cancellationToken) is not null)
            {
                return;
            }
        }
    }
}
