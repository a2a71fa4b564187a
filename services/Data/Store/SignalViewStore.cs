using System.Globalization;
using FaultMaven.ServiceDefaults.State;
using Google.Protobuf;

namespace FaultMaven.Data.Store;

/// <summary>
/// The signals of a case as they are listed: in order, and with what several files show together. A view consists of a head and of chunks,
/// each in a record of its own, so that a page reads only what it returns. It is made for one version of the case's evidence and replaced
/// as a whole.
/// </summary>
internal sealed class SignalViewStore([FromKeyedServices(EvidenceStore.Service)] StateStore state)
{
    /// <summary>How many signals a chunk has.</summary>
    public const int ChunkSize = 100;

    /// <summary>The version of the case's evidence, 0 before its first, and what its view consists of; null if there is none.</summary>
    public async Task<(long Version, StoredSignalView? Head)> ReadHeadAsync(CaseName parent, CancellationToken cancellationToken)
    {
        var found = await state.FindAsync(
            EvidenceKeys.PartitionOf(parent), [EvidenceKeys.Version, EvidenceKeys.ViewHead], cancellationToken);

        return (found[0]?.Number ?? 0, found[1] is { } head ? StoredSignalView.Parser.ParseFrom(head.Value.Span) : null);
    }

    /// <summary>The signals of a chunk; null if the view was replaced since its head was read.</summary>
    public async Task<IReadOnlyList<Proto.Signal>?> ReadChunkAsync(
        CaseName parent, long version, int chunk, CancellationToken cancellationToken) =>
        await state.FindAsync(EvidenceKeys.PartitionOf(parent), EvidenceKeys.ViewChunk(version, chunk), cancellationToken) is { } stored
            ? StoredSignals.Parser.ParseFrom(stored.Value.Span).Signals
            : null;

    /// <summary>Stores a view, unless the evidence has changed since the version that it was made of.</summary>
    /// <param name="parent">The case.</param>
    /// <param name="head">What it consists of.</param>
    /// <param name="signals">Its signals, in order.</param>
    public async Task TryWriteAsync(CaseName parent, StoredSignalView head, IReadOnlyList<Proto.Signal> signals)
    {
        var transaction = new StateTransaction(EvidenceKeys.PartitionOf(parent));
        transaction.IfEqual(EvidenceKeys.Version, head.Version.ToString(CultureInfo.InvariantCulture));
        transaction.DeleteAll(EvidenceKeys.ViewPrefix);
        transaction.Put(EvidenceKeys.ViewHead, head.ToByteArray());

        foreach (var (index, chunk) in signals.Chunk(ChunkSize).Index())
        {
            transaction.Put(EvidenceKeys.ViewChunk(head.Version, index), new StoredSignals { Signals = { chunk } }.ToByteArray());
        }

        await state.CommitAsync(transaction, CancellationToken.None);
    }
}
