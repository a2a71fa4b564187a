using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Aspire.Hosting;

public interface IDistributedApplicationBuilder
{
    ConfigurationManager Configuration { get; }

    /// <summary>The folder of the app host's project.</summary>
    string AppHostDirectory { get; }

    IHostEnvironment Environment { get; }

    IServiceCollection Services { get; }

    DistributedApplicationExecutionContext ExecutionContext { get; }

    IList<IResource> Resources { get; }

    IResourceBuilder<T> AddResource<T>(T resource)
        where T : IResource;

    IResourceBuilder<T> CreateResourceBuilder<T>(T resource)
        where T : IResource;

    DistributedApplication Build();
}

/// <summary>Why the model is being built. This stand-in only runs it.</summary>
public sealed class DistributedApplicationExecutionContext
{
    public bool IsPublishMode { get; }

    public bool IsRunMode => !IsPublishMode;
}

/// <summary>What the build says of a project that the app host refers to.</summary>
public interface IProjectMetadata
{
    string ProjectPath { get; }
}

/// <summary>The same, and what this stand-in runs in place of <c>dotnet run</c>.</summary>
public interface IBuiltProjectMetadata : IProjectMetadata
{
    string AssemblyPath { get; }
}

public sealed class DistributedApplicationException : Exception
{
    public DistributedApplicationException()
    {
    }

    public DistributedApplicationException(string message)
        : base(message)
    {
    }

    public DistributedApplicationException(string message, Exception inner)
        : base(message, inner)
    {
    }
}

