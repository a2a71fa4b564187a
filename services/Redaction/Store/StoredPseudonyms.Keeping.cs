using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Redaction.Store;

internal sealed partial class StoredPseudonyms
{
    // Of the retention: what is left may differ by so much. Saves most calls a write, and clocks of replicas may differ.
    private const double Tolerance = 0.1;

    // A store takes nothing shorter; for what is over already.
    private static readonly TimeSpan s_shortestLifetime = TimeSpan.FromMilliseconds(1);

    public async Task<bool> IsClosedAsync(Scope scope, CancellationToken cancellationToken)
    {
        var (head, bytes) = await ReadHeadAsync(scope, cancellationToken);
        return bytes is null || head.IsClosed;
    }

    public Task CloseAsync(Scope scope, CancellationToken cancellationToken) => InTurnAsync(scope, async _ =>
    {
        StoredHead? written = null;
        while (written is null)
        {
            var old = await ReadHeadAsync(scope, cancellationToken);
            var now = time.GetUtcNow();

            // A second event must not give the values more time.
            var until = now + options.Of(scope.Partition.Tenant).RetentionAfterClosing;
            var head = old.Head with { IsClosed = true, KeptUntil = old.Head.KeptUntil < until ? old.Head.KeptUntil : until };
            var transaction = new StateTransaction(scope.Partition);
            transaction.Keep(ScopeKeys.Values, LifetimeOf(head, now));
            written = await TryReplaceAsync(transaction, old, head, writes: null, now, cancellationToken);
        }
    }, cancellationToken);

    public Task ReopenAsync(Scope scope, CancellationToken cancellationToken) => InTurnAsync(scope, async _ =>
    {
        StoredHead? written = null;
        while (written is null && await ReadHeadAsync(scope, cancellationToken) is { Head.IsClosed: true } old)
        {
            var now = time.GetUtcNow();
            var head = await RenewAsync(scope, old.Head with { IsClosed = false }, now, cancellationToken);
            var transaction = new StateTransaction(scope.Partition);
            transaction.Keep(ScopeKeys.Values, LifetimeOf(head, now));
            written = await TryReplaceAsync(transaction, old, head, writes: null, now, cancellationToken);
        }
    }, cancellationToken);

    public async Task<long> ForgetAsync(Scope scope, CancellationToken cancellationToken)
    {
        var count = 0L;
        await InTurnAsync(scope, async index =>
        {
            index.Clear();
            for (var isForgotten = false; !isForgotten;)
            {
                var old = await ReadHeadAsync(scope, cancellationToken);
                var now = time.GetUtcNow();
                count = old.Head.KeptUntil > now ? old.Head.KeptCount : 0;
                isForgotten = old.Bytes is null || await TryEmptyAsync(scope, old, count, now, cancellationToken);
            }
        }, cancellationToken);
        return count;
    }

    private async Task<bool> TryEmptyAsync(
        Scope scope, StoredHead old, long count, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var transaction = new StateTransaction(scope.Partition);
        transaction.DeleteAll(ScopeKeys.Values);
        transaction.DeleteStream(ScopeKeys.Digests);
        transaction.Answer(new Proto.ForgetScopeResponse { ForgottenCount = count });
        return await TryReplaceAsync(transaction, old, old.Head.Emptied(), writes: null, now, cancellationToken) is not null;
    }

    /// <summary>
    /// The head of a scope, as it has to be when values are used: with the full time for them if a tenth of it has passed, and without
    /// them if they have expired.
    /// </summary>
    private async Task<ScopeHead> RenewAsync(Scope scope, ScopeHead head, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var vault = options.Of(scope.Partition.Tenant);
        var retention = head.IsClosed ? vault.RetentionAfterClosing : vault.Retention;
        var left = head.KeptUntil - now;
        if (left > retention * (1 - Tolerance) && left <= retention * (1 + Tolerance))
        {
            return head;
        }

        if (left <= TimeSpan.Zero)
        {
            head = head.WithoutValues();
        }
        else if (await store.CountAsync(scope.Partition, ScopeKeys.Values, cancellationToken) is var count && count != head.RecordCount)
        {
            // The clock of the store is ahead of ours, or it lost some: no one may assume that they are kept.
            head = head.WithNothingSure() with { RecordCount = count };
        }

        return head with { KeptUntil = now + retention, Fingerprint = key.Fingerprint };
    }

    private static TimeSpan LifetimeOf(ScopeHead head, DateTimeOffset now) =>
        head.KeptUntil - now is var left && left > s_shortestLifetime ? left : s_shortestLifetime;
}
