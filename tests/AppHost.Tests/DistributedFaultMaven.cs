using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Aspire.Hosting.Testing;
using FaultMaven.Tests.Shared;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Proto = FaultMaven.Protos;

namespace FaultMaven.AppHost.Tests;

/// <summary>
/// The app host's application, running, on a state folder of its own. Its stores are programs of this machine unless
/// <c>FAULTMAVEN_INFRASTRUCTURE</c> says otherwise; where they aren't installed, tests that ask for <see cref="Required"/> are skipped.
/// </summary>
public sealed class DistributedFaultMaven : IAsyncLifetime
{
    /// <summary>For everything awaited. Far above what any step takes on an overloaded machine: only a hang exceeds it.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static readonly string[] Services =
        [ResourceNames.Redaction, ResourceNames.Data, ResourceNames.Knowledge, ResourceNames.Session, ResourceNames.Agent];

    private readonly DirectoryInfo _state = Directory.CreateTempSubdirectory("fm-apphost-");
    private readonly Dictionary<string, GrpcChannel> _channels = [];
    private DistributedApplication? _app;
    private string? _missing;

    public DistributedFaultMaven Required
    {
        get
        {
            Assert.SkipWhen(_missing is not null, _missing ?? "");
            return this;
        }
    }

    public DistributedApplication App => _app!;

    public Proto.Data.V1.DataService.DataServiceClient Data => new(Channel(ResourceNames.Data));

    public Proto.Session.V1.SessionService.SessionServiceClient Session => new(Channel(ResourceNames.Session));

    public Proto.Agent.V1.AgentService.AgentServiceClient Agent => new(Channel(ResourceNames.Agent));

    public GrpcChannel Channel(string service)
    {
        if (!_channels.TryGetValue(service, out var channel))
        {
            channel = GrpcChannel.ForAddress(
                App.GetEndpoint(service, "grpc"),
                new GrpcChannelOptions { HttpHandler = TestIdentity.Signing(new SocketsHttpHandler()), DisposeHttpClient = true });
            _channels[service] = channel;
        }

        return channel;
    }

    /// <summary>What lets this machine's user in at the gateway.</summary>
    public string Token => File.ReadAllText(Path.Combine(_state.FullName, ResourceNames.Gateway, "token"));

    public bool HasResource(string name) =>
        App.Services.GetRequiredService<DistributedApplicationModel>().Resources.Any(resource => resource.Name == name);

    public async Task StopAsync(string resource, CancellationToken cancellationToken)
    {
        var command = await App.ResourceCommands.ExecuteCommandAsync(resource, KnownResourceCommands.StopCommand, cancellationToken);
        Assert.True(command.Success);
        await App.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.Finished, cancellationToken);
    }

    /// <summary>Ends a resource's process as a crash would.</summary>
    public async Task KillAsync(string resource, CancellationToken cancellationToken)
    {
        var running = await App.ResourceNotifications.WaitForResourceHealthyAsync(resource, cancellationToken);
        var pid = running.Snapshot.Properties.Single(property => property.Name == "executable.pid").Value;
        using var process = Process.GetProcessById(Convert.ToInt32(pid, null));
        process.Kill(entireProcessTree: true);
        await App.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.Finished, cancellationToken);
    }

    public async Task StartAsync(string resource, CancellationToken cancellationToken)
    {
        var command = await App.ResourceCommands.ExecuteCommandAsync(resource, KnownResourceCommands.StartCommand, cancellationToken);
        Assert.True(command.Success);
        await App.ResourceNotifications.WaitForResourceAsync(resource, KnownResourceStates.Running, cancellationToken);
        await App.ResourceNotifications.WaitForResourceHealthyAsync(resource, cancellationToken);
    }

    public async ValueTask InitializeAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        var infrastructure = Environment.GetEnvironmentVariable("FAULTMAVEN_INFRASTRUCTURE") is { Length: > 0 } chosen ? chosen : "native";
        try
        {
            var builder = await AppHosts.DescribeAsync(infrastructure, _state.FullName, patience.Token);
            _app = await builder.BuildAsync(patience.Token);
        }
        catch (DistributedApplicationException e)
        {
            _missing = e.Message;
            return;
        }

        await _app.StartAsync(patience.Token);
        await Task.WhenAll(Services.Select(service => _app.ResourceNotifications.WaitForResourceHealthyAsync(service, patience.Token)));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var channel in _channels.Values)
        {
            channel.Dispose();
        }

        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _state.Delete(recursive: true);
    }
}
