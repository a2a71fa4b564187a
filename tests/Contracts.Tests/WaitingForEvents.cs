using System.Threading.Channels;
using FaultMaven.ServiceDefaults.Messaging;
using Microsoft.Extensions.Time.Testing;

namespace FaultMaven.Contracts.Tests;

public sealed class WaitingForEvents
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>An idle outbox looks every two seconds for as long as its process runs: what a look leaves behind adds up.</summary>
    [Fact]
    public async Task Leaves_one_waiter_however_long_none_comes()
    {
        var time = new FakeTimeProvider();
        using var timer = new PeriodicTimer(s_interval, time);
        var notices = new SilentReader();
        var pulse = new Pulse(notices, timer);

        for (var tick = 0; tick < 1_000; tick++)
        {
            var waiting = pulse.WaitAsync(Cancel);
            time.Advance(s_interval);
            await waiting;
        }

        Assert.Equal(1, notices.Waiters);
    }

    [Fact]
    public async Task Ends_at_a_notice_without_a_tick()
    {
        using var timer = new PeriodicTimer(s_interval, new FakeTimeProvider());
        var notices = Channel.CreateUnbounded<bool>();
        var pulse = new Pulse(notices.Reader, timer);

        for (var i = 0; i < 3; i++)
        {
            var waiting = pulse.WaitAsync(Cancel);
            Assert.False(waiting.IsCompleted);
            Assert.True(notices.Writer.TryWrite(true));
            await waiting;
        }
    }

    private sealed class SilentReader : ChannelReader<bool>
    {
        public int Waiters { get; private set; }

        public override bool TryRead(out bool item) => item = false;

        public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default)
        {
            Waiters++;
            return new(new TaskCompletionSource<bool>().Task);
        }
    }
}
