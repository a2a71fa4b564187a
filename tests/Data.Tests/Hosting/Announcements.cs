using System.Collections.Concurrent;
using System.Threading.Channels;
using FaultMaven.Protos.Events.V1;
using MassTransit;

namespace FaultMaven.Data.Tests.Hosting;

/// <summary>What the service reported about its analyses.</summary>
internal sealed class Announcements
{
    private readonly ConcurrentDictionary<string, Channel<EvidenceAnalyzed>> _ofEvidence = new();

    /// <summary>The next announcement about evidence that was not taken yet, as soon as it comes.</summary>
    public ValueTask<EvidenceAnalyzed> NextAsync(string evidence, CancellationToken cancellationToken) =>
        Of(evidence).Reader.ReadAsync(cancellationToken);

    public void Add(EvidenceAnalyzed announced) => Of(announced.Evidence).Writer.TryWrite(announced);

    private Channel<EvidenceAnalyzed> Of(string evidence) =>
        _ofEvidence.GetOrAdd(evidence, _ => Channel.CreateUnbounded<EvidenceAnalyzed>());
}

internal sealed class AnnouncementConsumer(Announcements announcements) : IConsumer<EvidenceAnalyzed>
{
    public Task Consume(ConsumeContext<EvidenceAnalyzed> context)
    {
        announcements.Add(context.Message);

        return Task.CompletedTask;
    }
}
