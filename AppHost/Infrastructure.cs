using System.ComponentModel;
using System.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace FaultMaven.AppHost;

/// <summary>
/// Where Redis, RabbitMQ and Qdrant run: in containers where a container runtime answers, else as programs of this machine, without Qdrant.
/// <c>FAULTMAVEN_INFRASTRUCTURE</c> set to <c>containers</c> or <c>native</c> (in the environment or as an argument) decides it instead.
/// </summary>
internal sealed record Infrastructure(bool InContainers)
{
    private const string Setting = "FAULTMAVEN_INFRASTRUCTURE";

    /// <summary>A daemon that is there answers at once; one that is starting is not worth waiting for.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Chooses, and says what and why. This comes before any resource: a container that can't run would leave all the others waiting.</summary>
    public static async Task<Infrastructure> ChooseAsync(IDistributedApplicationBuilder builder)
    {
        var (inContainers, reason) = (builder.Configuration[Setting], builder.ExecutionContext.IsPublishMode) switch
        {
            ("containers", _) => (true, $"{Setting} says so"),
            ("native", _) => (false, $"{Setting} says so"),
            ({ Length: > 0 } other, _) => throw new DistributedApplicationException($"{Setting} is '{other}'; it may be 'containers' or 'native'."),
            (_, true) => (true, "this is for publishing"),
            _ when await FindRuntimeAsync(builder.Configuration) is { } runtime => (true, $"{runtime} answers"),
            _ => (false, "no container runtime answers"),
        };

        await Console.Out.WriteLineAsync(inContainers
            ? $"Redis, RabbitMQ and Qdrant run in containers: {reason}."
            : $"redis-server and rabbitmq-server run natively, knowledge without Qdrant: {reason}.");
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
            using var info = Process.Start(new ProcessStartInfo(runtime, ["info"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
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
