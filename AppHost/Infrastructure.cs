using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace FaultMaven.AppHost;

/// <summary>
/// Where Redis and RabbitMQ run: in containers if a container runtime answers, else as programs of this machine.
/// <c>FAULTMAVEN_INFRASTRUCTURE</c> (environment or argument), <c>containers</c> or <c>native</c>, overrides this.
/// </summary>
internal sealed record Infrastructure(bool InContainers)
{
    private const string Setting = "FAULTMAVEN_INFRASTRUCTURE";

    /// <summary>How long a container runtime may take to answer; a running one answers within a second on an idle machine.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Chooses, and prints the choice with its reason. Runs before any resource is added: the others would wait for a container that
    /// can't start.
    /// </summary>
    public static async Task<Infrastructure> ChooseAsync(IDistributedApplicationBuilder builder)
    {
        var (inContainers, reason) = (builder.Configuration[Setting], builder.ExecutionContext.IsPublishMode) switch
        {
            ("containers", _) => (true, $"{Setting} is 'containers'"),
            ("native", false) => (false, $"{Setting} is 'native'"),
            (null or "", true) => (true, "the application is published"),
            ("native", true) => throw new DistributedApplicationException($"{Setting} is 'native': only containers can be published."),
            ({ Length: > 0 } other, _) =>
                throw new DistributedApplicationException($"{Setting} is '{other}'; use 'containers' or 'native'."),
            _ when await FindRuntimeAsync(builder.Configuration) is { } runtime => (true, $"{runtime} answers"),
            _ => (false, "no container runtime answers"),
        };

        await Console.Out.WriteLineAsync(inContainers
            ? $"Redis and RabbitMQ run in containers: {reason}."
            : $"Redis and RabbitMQ run as programs of this machine: {reason}.");
        return new Infrastructure(inContainers);
    }

    private static async Task<string?> FindRuntimeAsync(ConfigurationManager configuration)
    {
        string[] runtimes = configuration["ASPIRE_CONTAINER_RUNTIME"] is { Length: > 0 } chosen ? [chosen] : ["docker", "podman"];
        foreach (var runtime in runtimes)
        {
            if (await AnswersAsync(runtime))
            {
                return runtime;
            }
        }

        return null;
    }

    private static async Task<bool> AnswersAsync(string runtime)
    {
        try
        {
            using var info = Process.Start(
                new ProcessStartInfo(runtime, ["info"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            using var patience = new CancellationTokenSource(s_patience);
            try
            {
                var output = info.StandardOutput.ReadToEndAsync(patience.Token);
                var errors = info.StandardError.ReadToEndAsync(patience.Token);
                await info.WaitForExitAsync(patience.Token);
                await Task.WhenAll(output, errors);
                return info.ExitCode == 0;
            }
            catch (OperationCanceledException)
            {
                info.Kill(entireProcessTree: true);
                return false;
            }
        }
        catch (Win32Exception)
        {
            // Not installed.
            return false;
        }
    }
}
