using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting.Testing;

/// <summary>An app host's application, described but not built.</summary>
public interface IDistributedApplicationTestingBuilder : IDistributedApplicationBuilder, IAsyncDisposable, IDisposable
{
    Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default);
}

public static class DistributedApplicationTestingBuilder
{
    /// <summary>Runs an app host's entry point up to where it builds its application.</summary>
    /// <typeparam name="TEntryPoint">A type of the app host's assembly.</typeparam>
    public static Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(CancellationToken cancellationToken = default)
        where TEntryPoint : class => CreateAsync<TEntryPoint>([], cancellationToken);

    /// <inheritdoc cref="CreateAsync{TEntryPoint}(CancellationToken)"/>
    public static async Task<IDistributedApplicationTestingBuilder> CreateAsync<TEntryPoint>(
        string[] args, CancellationToken cancellationToken = default)
        where TEntryPoint : class
    {
        var appHost = typeof(TEntryPoint).Assembly;
        var hook = new TestingHook(appHost);

        // A thread of its own: the entry point blocks it for as long as it likes.
        var entryPoint = new Thread(() =>
        {
            TestingHook.Current = hook;
            try
            {
                appHost.EntryPoint!.Invoke(null, appHost.EntryPoint.GetParameters().Length == 0 ? [] : [args]);
                hook.EndWithoutBuilding();
            }
            catch (System.Reflection.TargetInvocationException e) when (e.InnerException is TestingHook.DescribedException)
            {
                // It got as far as it should.
            }
            catch (System.Reflection.TargetInvocationException e)
            {
                hook.Fail(e.InnerException!);
            }
        })
        {
            IsBackground = true,
        };
        entryPoint.Start();

        return new TestingBuilder(await hook.Described.WaitAsync(cancellationToken));
    }

    private sealed class TestingBuilder(DistributedApplicationBuilder builder) : IDistributedApplicationTestingBuilder
    {
        private DistributedApplication? _built;

        public ConfigurationManager Configuration => builder.Configuration;

        public string AppHostDirectory => builder.AppHostDirectory;

        public IHostEnvironment Environment => builder.Environment;

        public IServiceCollection Services => builder.Services;

        public DistributedApplicationExecutionContext ExecutionContext => builder.ExecutionContext;

        public IList<IResource> Resources => builder.Resources;

        public IResourceBuilder<T> AddResource<T>(T resource)
            where T : IResource => builder.AddResource(resource);

        public IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
            where T : IResource => builder.CreateResourceBuilder(resource);

        public DistributedApplication Build() => _built = builder.BuildApplication();

        public Task<DistributedApplication> BuildAsync(CancellationToken cancellationToken = default) => Task.FromResult(Build());

        public void Dispose() => _built?.Dispose();

        public async ValueTask DisposeAsync()
        {
            if (_built is not null)
            {
                await _built.DisposeAsync();
            }
        }
    }
}
