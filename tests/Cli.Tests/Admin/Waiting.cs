namespace FaultMaven.Cli.Tests.Admin;

/// <summary>Waits for what another process does to files, which reports nothing.</summary>
internal static class Waiting
{
    private static readonly TimeSpan s_lookAgain = TimeSpan.FromMilliseconds(5);

    public static async Task ForAsync(Func<bool> isThere)
    {
        using var timer = new PeriodicTimer(s_lookAgain);
        while (!isThere())
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
