namespace FaultMaven.ServiceDefaults.State;

/// <summary>What must hold for a transaction to be committed. A record that has expired is absent.</summary>
/// <param name="Key">The key of a record or the name of a stream.</param>
public abstract record StateCondition(string Key)
{
    /// <summary>There is no record.</summary>
    public sealed record Absent(string Key) : StateCondition(Key);

    /// <summary>There is a record.</summary>
    public sealed record Present(string Key) : StateCondition(Key);

    /// <summary>There is a record of this version.</summary>
    public sealed record HasVersion(string Key, long Version) : StateCondition(Key);

    /// <summary>There is a record with this value.</summary>
    public sealed record HasValue(string Key, ReadOnlyMemory<byte> Value) : StateCondition(Key);

    /// <summary>The stream has so many entries; one that does not exist has none.</summary>
    public sealed record HasLength(string Key, long Length) : StateCondition(Key);
}
