using System.Globalization;
using Google.Protobuf;
using StackExchange.Redis;

namespace FaultMaven.Data.Store;

/// <summary>
/// The signals of a case as they are listed: in order, and with what several files show together. A hash: <c>head</c> is a <see
/// cref="StoredSignalView"/>, each chunk has its own field, so that a page reads only what it returns. It is made for one version of the
/// case's evidence and replaced as a whole.
/// </summary>
internal sealed class SignalViewStore(IConnectionMultiplexer redis)
{
    /// <summary>How many signals a chunk has.</summary>
    public const int ChunkSize = 100;

    private const string Head = "head";

    private IDatabase Database => redis.GetDatabase();

    /// <summary>The version of the case's evidence; 0 before its first.</summary>
    public async Task<long> ReadVersionAsync(CaseName parent, CancellationToken cancellationToken) =>
        (long)await Database.StringGetAsync(EvidenceStore.Version(parent)).WaitAsync(cancellationToken);

    /// <summary>What the view of a case consists of; null if there is none.</summary>
    public async Task<StoredSignalView?> ReadHeadAsync(CaseName parent, CancellationToken cancellationToken) =>
        await Database.HashGetAsync(EvidenceStore.View(parent), Head).WaitAsync(cancellationToken) is { IsNull: false } head
            ? StoredSignalView.Parser.ParseFrom((byte[])head!)
            : null;

    /// <summary>The signals of a chunk; null if the view was replaced since its head was read.</summary>
    public async Task<IReadOnlyList<Proto.Signal>?> ReadChunkAsync(
        CaseName parent, long version, int chunk, CancellationToken cancellationToken) =>
        await Database.HashGetAsync(EvidenceStore.View(parent), Field(version, chunk)).WaitAsync(cancellationToken)
            is { IsNull: false } stored
            ? StoredSignals.Parser.ParseFrom((byte[])stored!).Signals
            : null;

    /// <summary>Stores a view, unless the evidence has changed since the version that it was made of.</summary>
    /// <param name="parent">The case.</param>
    /// <param name="head">What it consists of.</param>
    /// <param name="signals">Its signals, in order.</param>
    public async Task TryWriteAsync(CaseName parent, StoredSignalView head, IReadOnlyList<Proto.Signal> signals)
    {
        var transaction = Database.CreateTransaction();
        transaction.AddCondition(Condition.StringEqual(EvidenceStore.Version(parent), head.Version));
        _ = transaction.KeyDeleteAsync(EvidenceStore.View(parent));
        _ = transaction.HashSetAsync(
            EvidenceStore.View(parent),
            [
                new(Head, head.ToByteArray()),
                .. signals.Chunk(ChunkSize).Select((chunk, index) =>
                    new HashEntry(Field(head.Version, index), new StoredSignals { Signals = { chunk } }.ToByteArray())),
            ]);
        await transaction.ExecuteAsync();
    }

    private static string Field(long version, int chunk) => string.Create(CultureInfo.InvariantCulture, $"{version}/{chunk}");
}
