namespace FaultMaven.AppHost;

/// <summary>A store: how to reach it, and what must be healthy first.</summary>
internal sealed record Store(IResourceBuilder<IResourceWithConnectionString> Connection, IResourceBuilder<IResource> Server);
