using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

public static class KnownResourceStates
{
    public static readonly string NotStarted = nameof(NotStarted);
    public static readonly string Waiting = nameof(Waiting);
    public static readonly string Starting = nameof(Starting);
    public static readonly string Running = nameof(Running);
    public static readonly string Stopping = nameof(Stopping);
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>How a resource ends, killed ones too; it is not restarted by itself.</summary>
    public static readonly string Finished = nameof(Finished);

    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart];
}

public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    public static implicit operator ResourceStateSnapshot?(string? text) => text is null ? null : new(text, Style: null);
}

public sealed record ResourcePropertySnapshot(string Name, object? Value);

public sealed record CustomResourceSnapshot
{
    /// <summary><c>executable.pid</c>, while it runs.</summary>
    public ImmutableArray<ResourcePropertySnapshot> Properties { get; init; } = [];

    public ResourceStateSnapshot? State { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>Null while it isn't running or no check has answered yet.</summary>
    public HealthStatus? HealthStatus { get; init; }
}

/// <summary>A change of a resource. With replicas, <paramref name="resourceId"/> tells which one.</summary>
public sealed class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    public IResource Resource { get; } = resource;

    public string ResourceId { get; } = resourceId;

    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}
