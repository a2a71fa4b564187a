using System.Threading.Channels;

namespace FaultMaven.Cli.Pipes;

/// <summary>Processes several inputs at a time and returns the results in the order of the inputs.</summary>
internal static class OrderedPipeline
{
    /// <summary>Reads no further ahead than <paramref name="atOnce"/> inputs, so memory is bounded by them. The first failure, in order,
    /// ends everything; results before it are returned.</summary>
    public static Task RunAsync<TInput, TResult>(
        IAsyncEnumerable<TInput> inputs,
        int atOnce,
        Func<TInput, CancellationToken, Task<TResult>> work,
        Func<TResult, CancellationToken, Task> take,
        CancellationToken cancellationToken)
    {
        var running = Channel.CreateBounded<Task<TResult>>(new BoundedChannelOptions(atOnce) { SingleReader = true, SingleWriter = true });
        return BothWays.RunAsync(StartAsync, TakeAsync, cancellationToken);

        async Task StartAsync(CancellationToken token)
        {
            try
            {
                await foreach (var input in inputs.WithCancellation(token))
                {
                    await running.Writer.WriteAsync(work(input, token), token);
                }

                running.Writer.Complete();
            }
            catch (CommandFailedException exception)
            {
                // A malformed input is reported after the results before it.
                running.Writer.Complete(exception);
            }
        }

        async Task TakeAsync(CancellationToken token)
        {
            await foreach (var result in running.Reader.ReadAllAsync(token))
            {
                await take(await result, token);
            }
        }
    }
}
