using FaultMaven.Tests.Shared;
using System.Globalization;
using FaultMaven.Data.Store;
using FaultMaven.Data.Tests.Hosting;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Events.V1;
using FaultMaven.ServiceDefaults.State;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Extensions.DependencyInjection;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Evidence;

/// <summary>What the store makes of evidence that the RPCs reach only by luck or with many uploads.</summary>
public sealed class KeepingEvidence(DataHost host)
{
    private static readonly DateTimeOffset s_now = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);

    private EvidenceStore Store => host.Services.GetRequiredService<EvidenceStore>();

    private StateStore State => host.Services.GetRequiredKeyedService<StateStore>(EvidenceStore.Service);

    [Fact]
    public async Task Lists_each_once_when_many_came_in_the_same_millisecond()
    {
        using var work = TestIdentity.Work();
        var parent = Parse(NewCase());
        var added = await Task.WhenAll(Enumerable.Range(0, 7).Select(i => AddAsync(parent, i, s_now)));
        var listed = new List<string>();
        var request = new ListEvidenceRequest { Parent = $"{parent}", PageSize = 2 };

        do
        {
            var page = await host.Client.ListEvidenceAsync(request, cancellationToken: Cancel);
            listed.AddRange(page.Evidence.Select(evidence => evidence.Name));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        Assert.Equal(added.Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task Reads_more_evidence_and_signals_than_come_at_once()
    {
        using var work = TestIdentity.Work();
        const int Count = 450;
        var parent = Parse(NewCase());
        var added = new List<string>();

        for (var i = 0; i < Count; i++)
        {
            added.Add(await AddAsync(parent, i, s_now.AddMilliseconds(i)));
        }

        var listing = host.Services.GetRequiredService<EvidenceListing>();
        var read = await listing.ReadAllAsync(parent, Cancel).Select(evidence => evidence.Name).ToListAsync(Cancel);
        var signals = await host.Client.ListSignalsAsync(new() { Parent = $"{parent}", PageSize = 1_000 }, cancellationToken: Cancel);

        Assert.Equal(added, read);
        Assert.Equal(added, signals.Signals.Select(signal => signal.Citations[0].Evidence).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Counts_the_bytes_of_what_is_there()
    {
        using var work = TestIdentity.Work();
        var parent = Parse(NewCase());
        var first = await AddAsync(parent, 10, s_now);
        await AddAsync(parent, 30, s_now);

        Assert.Equal(40, await Store.CountBytesAsync(parent, Cancel));

        await host.Client.DeleteEvidenceAsync(new() { Name = first }, cancellationToken: Cancel);

        Assert.Equal(30, await Store.CountBytesAsync(parent, Cancel));
    }

    [Fact]
    public async Task Knows_the_versions_of_a_file_whose_name_is_as_long_as_names_get()
    {
        var parent = NewCase();
        var fileName = $"{new string('漢', 250)}.yaml";
        await host.Client.UploadAsync(parent, fileName, "pool:\n  size: 50\n");

        await host.Client.UploadAsync(parent, fileName, "pool:\n  size: 5\n");

        Assert.Contains(
            (await host.Client.ListSignalsAsync(new() { Parent = parent }, cancellationToken: Cancel)).Signals,
            signal => signal.Kind == "config.changed");
    }

    [Fact]
    public async Task Keeps_of_a_deleted_case_only_that_it_was_deleted()
    {
        using var work = TestIdentity.Work();
        var parent = NewCase();
        var evidence = await host.Client.UploadAsync(parent, "a.md", "!error disk.full\n", MarkedLines.Type);
        await host.Client.CreateEvidenceAsync(
            new() { Parent = parent, FileName = "b.log", Content = Google.Protobuf.ByteString.CopyFromUtf8("b\n") },
            cancellationToken: Cancel);
        Assert.Single((await host.Client.ListSignalsAsync(new() { Parent = parent }, cancellationToken: Cancel)).Signals);

        await host.PublishAsync(new CaseDeleted { Case = parent });

        var left = await State.ListAsync(EvidenceKeys.PartitionOf(Parse(parent)), new RecordRange(""), 100, Cancel);
        Assert.Equal([EvidenceKeys.Deleted], left.Select(record => record.Key));
        Assert.False(await TryAddAsync(EvidenceName.New(Parse(parent), s_now), "late", 1, s_now));
        Assert.True(EvidenceName.TryParse(evidence.Name, out var name));
        Assert.Null(await Store.FindAsync(name, Cancel));
    }

    [Fact]
    public async Task Replaces_a_view_of_the_signals_as_a_whole_and_only_for_its_own_version()
    {
        using var work = TestIdentity.Work();
        var parent = Parse(NewCase());
        var views = host.Services.GetRequiredService<SignalViewStore>();
        await AddAsync(parent, 0, s_now);
        await views.TryWriteAsync(parent, new() { Version = 1 }, [.. Enumerable.Repeat(new Signal(), 250)]);
        await AddAsync(parent, 1, s_now);
        await views.TryWriteAsync(parent, new() { Version = 1 }, []);

        Assert.NotNull(await views.ReadChunkAsync(parent, 1, 2, Cancel));

        await views.TryWriteAsync(parent, new() { Version = 2 }, [new Signal()]);

        Assert.Equal(2, (await views.ReadHeadAsync(parent, Cancel)).Head?.Version);
        Assert.Null(await views.ReadChunkAsync(parent, 1, 0, Cancel));
        Assert.Single(await views.ReadChunkAsync(parent, 2, 0, Cancel) ?? []);
    }

    private async Task<string> AddAsync(CaseName parent, int number, DateTimeOffset time)
    {
        var name = EvidenceName.New(parent, time);
        Assert.True(await TryAddAsync(name, number.ToString(CultureInfo.InvariantCulture), number, time));

        return $"{name}";
    }

    private Task<bool> TryAddAsync(EvidenceName name, string content, long storedBytes, DateTimeOffset time)
    {
        var evidence = new Proto.Evidence
        {
            Name = $"{name}", FileName = $"{content}.md", ContentSha256 = content, Type = MarkedLines.Type, CreateTime = time.ToTimestamp(),
        };
        var signal = new Signal
        {
            Kind = "job.failed", Severity = Severity.Error, Subject = content, Citations = { new Citation { Evidence = evidence.Name } },
        };

        return Store.TryAddAsync(name, evidence, [signal], storedBytes, isAnswer: true);
    }

    private static CaseName Parse(string text) => CaseName.TryParse(text, out var name) ? name : throw new FormatException(text);
}
