namespace FaultMaven.Cli.Pipes;

/// <summary>Sends and receives concurrently, as a bidirectional stream needs.</summary>
internal static class BothWays
{
    /// <summary>Ends when everything is received. The side that fails first ends the other, and its failure is thrown.</summary>
    public static async Task RunAsync(
        Func<CancellationToken, Task> send, Func<CancellationToken, Task> receive, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = send(stop.Token);
        var receiving = receive(stop.Token);

        try
        {
            await await Task.WhenAny(sending, receiving);
            await receiving;
        }
        catch
        {
            await stop.CancelAsync();
            throw;
        }
    }
}
