using System.Globalization;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.State.Tests.Model;

namespace FaultMaven.State.Tests;

/// <summary>
/// Random transactions of several writers, broken off at a random point by a kill, and again after the next start. `FAULTMAVEN_SCHEDULES`
/// is the number of schedules.
/// </summary>
public abstract class Killing
{
    /// <summary>How many schedules one kill breaks off.</summary>
    protected const int SchedulesAtOnce = 10;

    private const int Rounds = 2;

    private int _unanswered;
    private int _answered;
    private int _refused;

    private static int ScheduleCount =>
        Environment.GetEnvironmentVariable("FAULTMAVEN_SCHEDULES") is { Length: > 0 } count
            ? int.Parse(count, CultureInfo.InvariantCulture)
            : 200;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Loses_nothing_acknowledged_and_leaves_nothing_by_half()
    {
        var output = TestContext.Current.TestOutputHelper!;
        await Parallel.ForEachAsync(
            Enumerable.Range(0, (ScheduleCount + SchedulesAtOnce - 1) / SchedulesAtOnce),
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = Cancel },
            async (batch, _) => await RunAsync(batch));

        output.WriteLine($"{_answered} transactions were committed, {_refused} refused, {_unanswered} committed without an answer.");
        Assert.True(_answered > 0);
    }

    /// <summary>A place for stores that outlives a kill.</summary>
    protected abstract Task<Victim> StartAsync();

    private async Task RunAsync(int batch)
    {
        var random = new Random(batch);
        var answers = Enumerable.Range(0, SchedulesAtOnce).Select(_ => new Dictionary<string, long?>()).ToArray();
        await using var victim = await StartAsync();
        for (var round = 0; round < Rounds; round++)
        {
            // Now and then before the first transaction, while files are made or recovered.
            var after = random.Next(random.Next(2, 400));
            await victim.WriteAndKillAsync(round, (batch * SchedulesAtOnce) + round, after, answers);
            await victim.ReadAsync(round == Rounds - 1, async (schedule, store) =>
            {
                var replay = new ScheduleReplay(answers[schedule]);
                await replay.CompareAsync(store);
                if (round == Rounds - 1)
                {
                    Interlocked.Add(ref _unanswered, replay.Unanswered);
                    Interlocked.Add(ref _answered, answers[schedule].Values.Count(version => version is not null));
                    Interlocked.Add(ref _refused, answers[schedule].Values.Count(version => version is null));
                }
            });
        }
    }

    /// <summary>What is killed.</summary>
    protected abstract class Victim : IAsyncDisposable
    {
        /// <summary>Runs schedules, and kills what keeps their state.</summary>
        /// <param name="round">How often it was killed before.</param>
        /// <param name="seed">Of the first schedule.</param>
        /// <param name="after">After how many answers.</param>
        /// <param name="answers">For each schedule, where the answers go.</param>
        public abstract Task WriteAndKillAsync(int round, int seed, int after, IReadOnlyList<Dictionary<string, long?>> answers);

        /// <summary>Opens the store of each schedule again.</summary>
        /// <param name="isLast">Whether it is not going to be written to any more.</param>
        /// <param name="read">Reads it.</param>
        public abstract Task ReadAsync(bool isLast, Func<int, StateStore, Task> read);

        public abstract ValueTask DisposeAsync();
    }
}
