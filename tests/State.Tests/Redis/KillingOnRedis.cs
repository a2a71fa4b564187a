using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Redis;
using FaultMaven.StateWriter;
using FaultMaven.Tests.Shared;
using StackExchange.Redis;

namespace FaultMaven.State.Tests.Redis;

/// <summary>The server is killed, which syncs its file at each write.</summary>
public sealed class KillingOnRedis : Killing
{
    protected override async Task<Victim> StartAsync() => new Server(await RedisServer.StartAsync(Cancel));

    private sealed class Server(RedisServer server) : Victim
    {
        private RedisServer _server = server;

        public override async Task WriteAndKillAsync(int round, int seed, int after, IReadOnlyList<Dictionary<string, long?>> answers)
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(_server.ConnectionString, RedisFaults.AsServicesDo);
            var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var schedules = answers.Select((answered, schedule) => Schedule.RunAsync(
                Open(redis, schedule),
                $"{round}",
                seed + schedule,
                (id, version) =>
                {
                    lock (answered)
                    {
                        answered.Add(id, version);
                    }

                    if (Interlocked.Decrement(ref after) <= 0)
                    {
                        enough.TrySetResult();
                    }
                },
                Cancel)).ToList();

            await Task.WhenAny([enough.Task, .. schedules]);
            await _server.KillAsync();
            foreach (var schedule in schedules)
            {
                await Assert.ThrowsAsync<StateStoreException>(() => schedule);
            }

            // Over the same folder; disposing of the one that was killed would delete it.
            _server = await RedisServer.StartAsync(Cancel, _server.Directory);
        }

        public override async Task ReadAsync(bool isLast, Func<int, StateStore, Task> read)
        {
            await using var redis = await ConnectionMultiplexer.ConnectAsync(_server.ConnectionString);
            for (var schedule = 0; schedule < SchedulesAtOnce; schedule++)
            {
                await read(schedule, Open(redis, schedule));
            }
        }

        public override ValueTask DisposeAsync() => _server.DisposeAsync();

        private static RedisStateStore Open(ConnectionMultiplexer redis, int schedule) =>
            new($"schedule-{schedule}", redis, TimeProvider.System);
    }
}
