using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Audit;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Kind = FaultMaven.Protos.Operations.V1.AuditEntry.Types.Kind;

namespace FaultMaven.State.Tests;

/// <summary>Refusals of one caller are kept one by one up to a number, and beyond it are counted.</summary>
public abstract class RefusedCalls(StoreUnderTest store)
{
    private const int Kept = 3;
    private const string Method = "/faultmaven.session.v1.SessionService/CreateCase";

    private static readonly RpcException s_refusal = new(new Status(StatusCode.PermissionDenied, "Not for you."));

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.Zero));
    private readonly Principal _caller = Principal.LocalUser with { Tenant = $"t-{Guid.NewGuid():N}" };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Are_counted_at_the_end_of_the_minute_and_kept_one_by_one_again_after_it()
    {
        var options = Options.Create(new AuditOptions { MaxRefusalsPerMinute = Kept });
        var log = new AuditStore("session", store.Store, new AuditSeal(options), MadeOptions.ForAll(options.Value), _time);
        var trail = new AuditTrail([log], Options.Create(new InstallationOptions()), options, _time);
        var identity = new CallIdentity(_caller, Via: null);

        for (var i = 0; i < Kept + 4; i++)
        {
            await trail.RecordRefusalAsync(identity, Method, s_refusal);
        }

        Assert.Equal(Kept, (await ReadAsync(log)).Count);
        _time.Advance(TimeSpan.FromMinutes(1));
        var entries = await ReadAsync(log, atLeast: Kept + 1);
        await trail.RecordRefusalAsync(identity, Method, s_refusal);

        Assert.Equal([Kind.Refused, Kind.Refused, Kind.Refused, Kind.RefusedMore], entries.Select(entry => entry.Kind));
        Assert.Equal((4, _caller.Actor, ""), (entries[^1].Count, entries[^1].Actor, entries[^1].Method));
        Assert.Equal(Kind.Refused, (await ReadAsync(log))[^1].Kind);
    }

    // Nothing announces an entry of the log; each look is a read.
    private async Task<IReadOnlyList<AuditEntry>> ReadAsync(AuditStore log, int atLeast = 0)
    {
        using var work = TestIdentity.Work(_caller);
        while (true)
        {
            var page = await log.ReadAsync(new AuditQuery("", OldestFirst: true), after: 0, size: 100, Cancel);
            if (page.Entries.Count >= atLeast)
            {
                return page.Entries;
            }
        }
    }
}
