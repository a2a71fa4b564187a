using System.Security.Cryptography;
using System.Text;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.ServiceDefaults.Requests;

/// <summary>
/// Records in the shards of a service's store, or of several: each in the shard that its change was made in. So it is looked for in all.
/// </summary>
/// <param name="stores">The stores, at least one.</param>
/// <param name="time">The clock.</param>
internal sealed class StateRequestRecords(IReadOnlyList<StateStore> stores, TimeProvider time) : IRequestRecords
{
    /// <summary>What the key of a claim has after that of the record.</summary>
    public const string ClaimSuffix = "/claim";

    // The claim of a process that has ended is in the way for so long.
    private static readonly TimeSpan s_claimTime = TimeSpan.FromSeconds(10);

    public async Task<byte[]?> FindAsync(string key, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(stores.SelectMany(store => store.Shards.Select(
            shard => store.FindAsync(shard, key, cancellationToken))));
        return found.FirstOrDefault(record => record is not null)?.Value.ToArray();
    }

    public Task AddAsync(string key, byte[] record, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var (store, shard) = PlaceOf(key);
        var transaction = new StateTransaction(shard);
        transaction.IfAbsent(key);
        transaction.Put(key, record, lifetime);
        return store.CommitAsync(transaction, cancellationToken);
    }

    public async Task<IRequestClaim?> TryClaimAsync(string key, CancellationToken cancellationToken)
    {
        var (store, shard) = PlaceOf(key);
        if (!store.IsShared)
        {
            return new ProcessClaim();
        }

        var claim = new Claim(store, shard, key + ClaimSuffix, time);
        return await claim.TryTakeAsync(cancellationToken) ? claim : null;
    }

    private (StateStore Store, Partition Shard) PlaceOf(string key)
    {
        var shards = stores[0].Shards;
        return (stores[0], shards[SHA256.HashData(Encoding.UTF8.GetBytes(key))[0] % shards.Count]);
    }

    private sealed class Claim(StateStore store, Partition shard, string key, TimeProvider time) : IRequestClaim
    {
        private readonly string _owner = $"{Guid.NewGuid():N}";
        private readonly CancellationTokenSource _end = new();
        private Task _renewal = Task.CompletedTask;
        private bool _isAnswered;

        public void NoteAnswered() => _isAnswered = true;

        public async Task<bool> TryTakeAsync(CancellationToken cancellationToken)
        {
            if (!await store.TryTakeLeaseAsync(shard, key, _owner, s_claimTime, cancellationToken))
            {
                _end.Dispose();
                return false;
            }

            _renewal = RenewAsync();
            return true;
        }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _renewal;
            _end.Dispose();
            if (_isAnswered)
            {
                return;
            }

            try
            {
                await store.ReleaseLeaseAsync(shard, key, _owner, CancellationToken.None);
            }
            catch (StateStoreException)
            {
                // It expires.
            }
        }

        // A claim that is lost, because the store was away, lets another process try: the record of the change decides then.
        private async Task RenewAsync()
        {
            try
            {
                using var timer = new PeriodicTimer(s_claimTime / 3, time);
                while (await timer.WaitForNextTickAsync(_end.Token)
                    && await store.TryRenewLeaseAsync(shard, key, _owner, s_claimTime, _end.Token))
                {
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or StateStoreException)
            {
            }
        }
    }
}
