using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FaultMaven.AppHost.Native;

/// <summary>
/// Healthy while a server answers <paramref name="question"/> with <paramref name="answer"/>. A port that accepts connections is not
/// enough: the server may still be loading its data.
/// </summary>
internal sealed class AnswerCheck(EndpointReference endpoint, byte[] question, byte[] answer) : IHealthCheck
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(s_patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(endpoint.Host, endpoint.Port, patience.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(question, patience.Token);

            var received = new byte[answer.Length];
            await stream.ReadExactlyAsync(received, patience.Token);
            return received.AsSpan().SequenceEqual(answer)
                ? HealthCheckResult.Healthy()
                : HealthCheckResult.Unhealthy("The server sent another answer.");
        }
        catch (Exception e) when (
            e is SocketException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return HealthCheckResult.Unhealthy("The server does not answer.", e);
        }
    }
}

internal static class AnswerCheckRegistration
{
    public static IResourceBuilder<ExecutableResource> WithAnswerCheck(
        this IResourceBuilder<ExecutableResource> server,
        EndpointReference endpoint,
        ReadOnlySpan<byte> question,
        ReadOnlySpan<byte> answer)
    {
        var key = $"{server.Resource.Name}_answers";
        var check = new AnswerCheck(endpoint, question.ToArray(), answer.ToArray());
        server.ApplicationBuilder.Services.AddHealthChecks().AddCheck(key, check);
        return server.WithHealthCheck(key);
    }
}
