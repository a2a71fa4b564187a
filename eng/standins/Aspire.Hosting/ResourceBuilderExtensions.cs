using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting;

public static class ResourceBuilderExtensions
{
    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, string name, string? value)
        where T : IResourceWithEnvironment => builder.WithEnvironment(context => context.EnvironmentVariables[name] = value ?? "");

    public static IResourceBuilder<T> WithEnvironment<T>(
        this IResourceBuilder<T> builder, string name, in ReferenceExpression.ExpressionInterpolatedStringHandler value)
        where T : IResourceWithEnvironment
    {
        var expression = ReferenceExpression.Create(value);
        return builder.WithEnvironment(context => context.EnvironmentVariables[name] = expression);
    }

    public static IResourceBuilder<T> WithEnvironment<T>(this IResourceBuilder<T> builder, Action<EnvironmentCallbackContext> callback)
        where T : IResourceWithEnvironment => builder.With(new EnvironmentCallbackAnnotation(callback));

    /// <summary>Adds arguments: strings, or values known once the application starts.</summary>
    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params object[] args)
        where T : IResourceWithArgs => builder.With(new CommandLineArgsCallbackAnnotation(context =>
        {
            foreach (var arg in args)
            {
                context.Args.Add(arg);
            }
        }));

    public static IResourceBuilder<T> WithArgs<T>(this IResourceBuilder<T> builder, params string[] args)
        where T : IResourceWithArgs => builder.WithArgs((object[])args);

    public static IResourceBuilder<T> WithEndpoint<T>(
        this IResourceBuilder<T> builder,
        int? port = null,
        int? targetPort = null,
        string? scheme = null,
        string? name = null,
        string? env = null,
        bool isProxied = true)
        where T : IResourceWithEndpoints
    {
        var endpointScheme = scheme ?? "tcp";
        var endpoint = new EndpointAnnotation(name ?? endpointScheme, endpointScheme, targetPort ?? port, env);
        if (builder.Resource.Annotations.OfType<EndpointAnnotation>().Any(existing => existing.Name == endpoint.Name))
        {
            throw new DistributedApplicationException($"The resource '{builder.Resource.Name}' already has an endpoint named '{endpoint.Name}'.");
        }

        return builder.With(endpoint);
    }

    public static IResourceBuilder<T> WithHttpEndpoint<T>(
        this IResourceBuilder<T> builder, int? port = null, int? targetPort = null, string? name = null, string? env = null, bool isProxied = true)
        where T : IResourceWithEndpoints => builder.WithEndpoint(port, targetPort, "http", name, env, isProxied);

    public static EndpointReference GetEndpoint<T>(this IResourceBuilder<T> builder, string name)
        where T : IResourceWithEndpoints => new(builder.Resource, name);

    /// <summary>Lets the resource find the endpoints of another: <c>services__{name}__{endpoint}__{replica}</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder, IResourceBuilder<IResourceWithServiceDiscovery> source)
        where TDestination : IResourceWithEnvironment => builder.RelatesTo(source.Resource).WithEnvironment(context =>
        {
            foreach (var endpoint in source.Resource.Annotations.OfType<EndpointAnnotation>())
            {
                var reference = new EndpointReference(source.Resource, endpoint.Name);
                for (var replica = 0; replica < endpoint.AllocatedPorts.Count; replica++)
                {
                    context.EnvironmentVariables[$"services__{source.Resource.Name}__{endpoint.Name}__{replica}"] = reference.UrlOf(replica);
                }
            }
        });

    /// <summary>Gives the resource a connection string: <c>ConnectionStrings__{name}</c>.</summary>
    public static IResourceBuilder<TDestination> WithReference<TDestination>(
        this IResourceBuilder<TDestination> builder,
        IResourceBuilder<IResourceWithConnectionString> source,
        string? connectionName = null,
        bool optional = false)
        where TDestination : IResourceWithEnvironment => builder.RelatesTo(source.Resource).WithEnvironment(context =>
            context.EnvironmentVariables[$"ConnectionStrings__{connectionName ?? source.Resource.Name}"] = source.Resource);

    /// <summary>Starts the resource once <paramref name="dependency"/> runs and is healthy.</summary>
    public static IResourceBuilder<T> WaitFor<T>(this IResourceBuilder<T> builder, IResourceBuilder<IResource> dependency)
        where T : IResourceWithWaitSupport => builder.With(new WaitAnnotation(dependency.Resource));

    public static IResourceBuilder<T> WithHealthCheck<T>(this IResourceBuilder<T> builder, string key)
        where T : IResource => builder.With(new HealthCheckAnnotation(key));

    /// <summary>The resource is healthy while it answers <paramref name="path"/> with <paramref name="statusCode"/>, 200 if none is given.</summary>
    public static IResourceBuilder<T> WithHttpHealthCheck<T>(
        this IResourceBuilder<T> builder, string? path = null, int? statusCode = null, string? endpointName = null)
        where T : IResourceWithEndpoints
    {
        var endpoint = builder.GetEndpoint(endpointName ?? "http");
        var expected = statusCode ?? 200;
        var key = $"{builder.Resource.Name}_{endpoint.EndpointName}_{path ?? "/"}_{expected}_check";
        builder.ApplicationBuilder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            key, services => new HttpHealthCheck(services.GetRequiredService<IHttpClientFactory>(), endpoint, path ?? "/", expected), null, null));
        return builder.WithHealthCheck(key);
    }

    private static IResourceBuilder<T> RelatesTo<T>(this IResourceBuilder<T> builder, IResource resource)
        where T : IResource => builder.With(new ResourceRelationshipAnnotation(resource, "Reference"));

    private static IResourceBuilder<T> With<T>(this IResourceBuilder<T> builder, IResourceAnnotation annotation)
        where T : IResource
    {
        builder.Resource.Annotations.Add(annotation);
        return builder;
    }
}
