namespace FaultMaven.AppHost.Publishing;

/// <summary>
/// What a published resource may take. Memory in MiB, CPU in thousandths of a core; CPU has no limit, since a throttled service is a slow
/// one.
/// </summary>
internal sealed record Footprint(int Cpu, int Memory, int MaxMemory) : IResourceAnnotation
{
    public static Footprint Default { get; } = new(Cpu: 100, Memory: 256, MaxMemory: 1024);

    /// <summary>For services that hold evidence in memory while they read or redact it.</summary>
    public static Footprint Large { get; } = new(Cpu: 250, Memory: 512, MaxMemory: 2048);
}
