using System.Reflection;

namespace Aspire.Hosting.Running;

/// <summary>How a test gets hold of the application that an app host's entry point builds.</summary>
internal sealed class TestingHook(Assembly appHost)
{
    private static readonly AsyncLocal<TestingHook?> s_current = new();

    private readonly TaskCompletionSource<DistributedApplicationBuilder> _described = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public static TestingHook? Current
    {
        get => s_current.Value;
        set => s_current.Value = value;
    }

    public Assembly AppHost { get; } = appHost;

    /// <summary>The builder, once the entry point wants to build it. The test builds it instead.</summary>
    public Task<DistributedApplicationBuilder> Described => _described.Task;

    /// <summary>The entry point is left where it asked for the application: the test has what it needs, and starts and stops it.</summary>
    public void Describe(DistributedApplicationBuilder builder)
    {
        _described.TrySetResult(builder);
        throw new DescribedException();
    }

    public void Fail(Exception failure) => _described.TrySetException(failure);

    public void EndWithoutBuilding() =>
        _described.TrySetException(new InvalidOperationException("The entry point ended without building a distributed application."));

    /// <summary>Leaves the entry point; never seen by a test.</summary>
    internal sealed class DescribedException : Exception;
}
