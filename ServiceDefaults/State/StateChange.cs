using System.Diagnostics.CodeAnalysis;

namespace FaultMaven.ServiceDefaults.State;

/// <summary>One change of a transaction, as <see cref="PartitionChanges"/> describes it.</summary>
public abstract record StateChange
{
    /// <summary>See <see cref="PartitionChanges.Put(string, ReadOnlyMemory{byte}, TimeSpan?)"/>.</summary>
    public sealed record Put(string Key, ReadOnlyMemory<byte> Value, TimeSpan? Lifetime) : StateChange;

    /// <summary>See <see cref="PartitionChanges.Enqueue"/>.</summary>
    public sealed record Enqueue(string Prefix, ReadOnlyMemory<byte> Value) : StateChange;

    /// <summary>See <see cref="PartitionChanges.Add"/>.</summary>
    public sealed record Add(string Key, long Delta) : StateChange;

    /// <summary>See <see cref="PartitionChanges.Delete"/>.</summary>
    public sealed record Delete(string Key) : StateChange;

    /// <summary>See <see cref="PartitionChanges.DeleteAll"/>.</summary>
    public sealed record DeleteAll(string Prefix) : StateChange;

    /// <summary>See <see cref="PartitionChanges.Keep"/>.</summary>
    public sealed record Keep(string Prefix, TimeSpan? Lifetime) : StateChange;

    /// <summary>See <see cref="PartitionChanges.Append"/>.</summary>
    public sealed record Append(string Stream, IReadOnlyList<ReadOnlyMemory<byte>> Entries) : StateChange;

    /// <summary>See <see cref="PartitionChanges.DeleteStream"/>.</summary>
    [SuppressMessage("Naming", "CA1711", Justification = "It deletes a stream and is none.")]
    public sealed record DeleteStream(string Stream) : StateChange;

    /// <summary>See <see cref="StateTransaction.DeletePartition"/>.</summary>
    public sealed record DeletePartition : StateChange;
}
