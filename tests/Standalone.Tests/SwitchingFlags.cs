using System.Collections.Concurrent;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace FaultMaven.Standalone.Tests;

public sealed class SwitchingFlags
{
    private const string External = "flags/redaction-external";

    // A recogniser that is down.
    private static readonly Dictionary<string, string?> s_external = new()
    {
        ["Redaction:Key"] = Convert.ToBase64String(new byte[32]),
        ["Redaction:External:Address"] = "http://127.0.0.1:1",
        ["Redaction:External:Timeout"] = "00:00:00.2",
    };

    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Changes_what_two_replicas_do_and_is_logged_by_both()
    {
        await using var redis = await RedisServer.StartAsync(Cancel);
        using var firstLog = new LogLines();
        using var secondLog = new LogLines();
        await using var first = await StartAsync(redis, firstLog);
        await using var second = await StartAsync(redis, secondLog);
        Assert.False(await RedactsAsync(first));
        Assert.False(await RedactsAsync(second));

        var flag = await Flags(first).SetFlagAsync(new() { Name = External, Value = "false" }, cancellationToken: Cancel);

        Assert.Equal("false", flag.Value);
        Assert.Equal($"person:{Environment.UserName}", flag.Setter);
        Assert.True(await RedactsAsync(first));
        await UntilAsync(async () => await ValueAsync(second) == "false");
        Assert.True(await RedactsAsync(second));

        await Flags(second).ResetFlagAsync(new() { Name = External }, cancellationToken: Cancel);

        Assert.False(await RedactsAsync(second));
        await UntilAsync(async () => await ValueAsync(first) == "true");
        Assert.False(await RedactsAsync(first));
        foreach (var log in new[] { firstLog, secondLog })
        {
            Assert.Equal(
                [
                    $"The flag redaction-external is false; it was true (set by person:{Environment.UserName}).",
                    "The flag redaction-external is true; it was false (reset).",
                ],
                log.Lines.Where(line => line.Contains("The flag", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Survives_a_restart()
    {
        var directory = Directory.CreateTempSubdirectory("fm-flags-");
        try
        {
            await using (var first = await FaultMavenHost.StartAsync(directory.FullName, null, s_external, Cancel))
            {
                await Flags(first).SetFlagAsync(new() { Name = External, Value = "false" }, cancellationToken: Cancel);
            }

            await using var second = await FaultMavenHost.StartAsync(directory.FullName, null, s_external, Cancel);

            Assert.True(await RedactsAsync(second));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Has_turns_wait_and_go_on()
    {
        await using var host = await FaultMavenHost.StartAsync(Cancel);
        var agent = new AgentService.AgentServiceClient(host.Channel);
        var name = await new SessionService.SessionServiceClient(host.Channel).CreateCaseAsync(
            new() { Title = "Disk full" }, cancellationToken: Cancel);
        await Flags(host).SetFlagAsync(new() { Name = "flags/agent-turns-at-once", Value = "0" }, cancellationToken: Cancel);
        var turn = await agent.CreateTurnAsync(new() { Parent = name.Name, Question = "Why?" }, cancellationToken: Cancel);
        using var watch = agent.WatchTurn(new() { Name = turn.Name }, cancellationToken: Cancel);
        var first = watch.ResponseStream.MoveNext(Cancel);

        // Once another call has gone through all services, a turn that does not wait has long begun.
        await RedactsAsync(host);
        Assert.False(first.IsCompleted);

        await Flags(host).ResetFlagAsync(new() { Name = "flags/agent-turns-at-once" }, cancellationToken: Cancel);

        Assert.True(await first);
    }

    [Fact]
    public async Task Refuses_values_that_a_flag_does_not_take_and_flags_that_are_not_there()
    {
        await using var host = await FaultMavenHost.StartAsync(Cancel);
        foreach (var (flag, value) in new[]
        {
            ("redaction-external", "maybe"), ("redaction-external", ""), ("agent-turns-at-once", "-1"), ("agent-turns-at-once", "1.5"),
            ("redaction-external-outage", "Refuse"),
        })
        {
            var refused = await Assert.ThrowsAsync<RpcException>(async () =>
                await Flags(host).SetFlagAsync(new() { Name = $"flags/{flag}", Value = value }, cancellationToken: Cancel));
            Assert.Equal(ErrorReason.InvalidField, RpcFault.ReasonOf(refused));
        }

        var missing = await Assert.ThrowsAsync<RpcException>(async () =>
            await Flags(host).SetFlagAsync(new() { Name = "flags/agent-none", Value = "true" }, cancellationToken: Cancel));
        Assert.Equal(ErrorReason.FlagNotFound, RpcFault.ReasonOf(missing));
    }

    private static Task<FaultMavenHost> StartAsync(RedisServer redis, LogLines log) => FaultMavenHost.StartAsync(
        null,
        null,
        s_external,
        Cancel,
        services =>
        {
            services.Replace(ServiceDescriptor.Singleton<IStateStoreProvider>(_ => new StateInRedis(redis)));
            services.AddLogging(logging => logging.AddProvider(log).AddFilter<LogLines>(null, LogLevel.Information));
            services.Configure<LoggerFilterOptions>(options => options.MinLevel = LogLevel.Information);
        });

    private static FlagService.FlagServiceClient Flags(FaultMavenHost host) => new(host.Channel);

    private static async Task<string> ValueAsync(FaultMavenHost host) =>
        (await Flags(host).ListFlagsAsync(new(), cancellationToken: Cancel)).Flags.Single(flag => flag.Name == External).Value;

    private static async Task<bool> RedactsAsync(FaultMavenHost host)
    {
        try
        {
            await new RedactionService.RedactionServiceClient(host.Channel).RedactTextAsync(
                new() { Scope = "incident-1", Text = "a word" }, cancellationToken: Cancel);
            return true;
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable)
        {
            return false;
        }
    }

    // Another process learns of it by itself; nothing says when.
    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var timer = new PeriodicTimer(s_lookAgain);
        while (!await isSo())
        {
            await timer.WaitForNextTickAsync(Cancel);
        }
    }

    private sealed class LogLines : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = [];

        public IReadOnlyCollection<string> Lines => _lines;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
