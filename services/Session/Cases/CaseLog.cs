using System.Globalization;
using System.Runtime.CompilerServices;
using FaultMaven.Protos.Events.V1;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.Sessions.Cases.Listing;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace FaultMaven.Sessions.Cases;

/// <summary>
/// The logs of cases: for each case a stream of events and, in a record, what they amount to, which every write replaces in the same
/// transaction. So reading a case costs the same however long its log is. An event is added only at the version that its writer
/// saw; the log has neither gaps nor lost updates, whichever replica writes. What lists are read from moves with it.
/// </summary>
internal sealed class CaseLog(
    [FromKeyedServices(CaseLog.Service)] StateStore store,
    [FromKeyedServices(CaseLog.Service)] Outbox outbox,
    CaseIndex index,
    FormerCaseList former,
    TimeProvider time)
{
    /// <summary>The service whose store this is.</summary>
    public const string Service = "session";

    /// <summary>The stream of a case's events.</summary>
    public const string Events = "events";

    /// <summary>The record of what they amount to.</summary>
    public const string State = "state";

    // Writers of one case in this process queue here. Without it, all but one of them would lose each race and begin again.
    private readonly SemaphoreSlim[] _queues = [.. Enumerable.Range(0, 256).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Reads the events after a version, in order.</summary>
    /// <param name="name">The case; one that does not exist has no events.</param>
    /// <param name="afterVersion">0 for all of them.</param>
    /// <param name="count">At most this many.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<IReadOnlyList<Proto.CaseEvent>> ReadAsync(
        CaseName name, long afterVersion, int count, CancellationToken cancellationToken) =>
        [.. (await store.ReadAsync(PartitionOf(name), Events, afterVersion, count, cancellationToken)).Select(Parse)];

    /// <summary>Finds a case. Null if it does not exist.</summary>
    public async Task<CaseState?> FindAsync(CaseName name, CancellationToken cancellationToken) =>
        await store.FindAsync(PartitionOf(name), State, cancellationToken) is { } record ? CaseState.Read(record.Value.Span) : null;

    /// <summary>Creates a case. Null if it exists already; nothing was written then.</summary>
    public async Task<CaseState?> TryCreateAsync(CaseName name, Proto.CaseCreated created, CancellationToken cancellationToken)
    {
        var state = CaseState.Before(name);
        var place = new CasePlace(await index.ClaimPlaceAsync(cancellationToken), Version: 0);
        var first = new Proto.CaseEvent { CaseCreated = created };
        return await TryCommitAsync(new(state, place), [first], source: null, appended => appended.State.ToProto(), cancellationToken)
            ? state.After([first])
            : null;
    }

    /// <summary>Adds what another service reports to a case, once.</summary>
    /// <param name="name">The case.</param>
    /// <param name="source">What it is about, such as the name of a turn, by which a report that comes again is known.</param>
    /// <param name="decide">Says what to add to the case as it is; may be asked again.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False if the case does not exist.</returns>
    public async Task<bool> RecordAsync(
        CaseName name, string source, Func<CaseState, IReadOnlyList<Proto.CaseEvent>> decide, CancellationToken cancellationToken) =>
        await AppendAsync(name, source, decide, answer: null, cancellationToken) is not null
        || await FindAsync(name, cancellationToken) is not null;

    /// <summary>Adds events to a case.</summary>
    /// <param name="name">The case.</param>
    /// <param name="decide">Says what to add to the case as it is, which may be nothing; may be asked again, and may throw.</param>
    /// <param name="answer">What the caller is answered.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null if the case does not exist.</returns>
    public Task<Appended?> AppendAsync(
        CaseName name,
        Func<CaseState, IReadOnlyList<Proto.CaseEvent>> decide,
        Func<Appended, IMessage> answer,
        CancellationToken cancellationToken) =>
        AppendAsync(name, source: null, decide, answer, cancellationToken);

    private async Task<Appended?> AppendAsync(
        CaseName name,
        string? source,
        Func<CaseState, IReadOnlyList<Proto.CaseEvent>> decide,
        Func<Appended, IMessage>? answer,
        CancellationToken cancellationToken)
    {
        var queue = QueueOf(name);
        await queue.WaitAsync(cancellationToken);
        try
        {
            while (true)
            {
                if (await FindPlacedAsync(name, cancellationToken) is not { State: var state } found
                    || (source is not null && await store.FindAsync(PartitionOf(name), SourceKey(source), cancellationToken) is not null))
                {
                    return null;
                }

                var events = decide(state);
                if (events.Count == 0)
                {
                    return new Appended(state, new Proto.CaseEvent());
                }

                if (await TryCommitAsync(found, events, source, answer, cancellationToken))
                {
                    return new Appended(state.After(events), events[^1]);
                }
            }
        }
        finally
        {
            queue.Release();
        }
    }

    /// <summary>Makes the entries of a case in the index, unless it has those of this version.</summary>
    public async Task IndexAsync(CaseName name, CancellationToken cancellationToken)
    {
        while (await FindPlacedAsync(name, cancellationToken) is { Place.IsCurrent: false } found)
        {
            var transaction = new StateTransaction(PartitionOf(name));
            transaction.IfLength(Events, found.State.Version);
            CaseIndex.Stage(transaction, found.State, found.State, found.Place);
            if (await store.CommitAsync(transaction, cancellationToken) is not null)
            {
                return;
            }
        }
    }

    /// <summary>Deletes a case and all that is kept of it here.</summary>
    /// <param name="name">The case.</param>
    /// <param name="allow">Throws if the case as it is must not be deleted.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False if it does not exist.</returns>
    public async Task<bool> DeleteAsync(CaseName name, Action<CaseState> allow, CancellationToken cancellationToken)
    {
        while (await FindPlacedAsync(name, cancellationToken) is { State: var state, Place: var place })
        {
            allow(state);
            var transaction = new StateTransaction(PartitionOf(name));
            transaction.IfLength(Events, state.Version);
            transaction.DeletePartition();
            CaseIndex.StageRemoval(transaction, state, place);
            outbox.Stage(transaction, new CaseDeleted { Case = name.ToString() });
            transaction.Answer(new Empty());
            if (await store.CommitAsync(transaction, cancellationToken) is not null)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// The events after a version, those to come included, each once and in order. Ends only if the case is deleted.
    /// </summary>
    public async IAsyncEnumerable<Proto.CaseEvent> WatchAsync(
        CaseName name, long afterVersion, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in store.FollowAsync(PartitionOf(name), Events, afterVersion, cancellationToken))
        {
            foreach (var entry in batch)
            {
                yield return Parse(entry);
            }

            if (batch is [] && await FindAsync(name, cancellationToken) is null)
            {
                yield break;
            }
        }
    }

    private async Task<PlacedCase?> FindPlacedAsync(CaseName name, CancellationToken cancellationToken)
    {
        var records = await store.FindAsync(PartitionOf(name), [State, CasePlace.Key], cancellationToken);
        if (records[0] is not { } state)
        {
            return null;
        }

        // A case of an earlier version is where its list has it; without a place there, it is put at the end.
        var place = CasePlace.Read(records[1])
            ?? new CasePlace(
                await former.FindPlaceAsync(name, cancellationToken) ?? await index.ClaimPlaceAsync(cancellationToken), Version: 0);
        return new PlacedCase(CaseState.Read(state.Value.Span), place);
    }

    private async Task<bool> TryCommitAsync(
        PlacedCase found,
        IReadOnlyList<Proto.CaseEvent> events,
        string? source,
        Func<Appended, IMessage>? answer,
        CancellationToken cancellationToken)
    {
        var state = found.State;
        var name = state.Name;
        var version = state.Version;
        var now = Timestamp.FromDateTimeOffset(time.GetUtcNow());
        foreach (var caseEvent in events)
        {
            // A clock that was set back must not make a case older than its first event.
            caseEvent.CreateTime = state.UpdateTime is { } last && last > now ? last : now;
            caseEvent.Version = ++version;
            caseEvent.Actor = CallIdentity.Current.Principal.Actor;
            if (caseEvent.MessageAdded is { } message)
            {
                message.Name = new MessageName(name, $"{version}").ToString();
                message.CreateTime = caseEvent.CreateTime;
            }
        }

        var transaction = new StateTransaction(PartitionOf(name));
        transaction.IfLength(Events, state.Version);
        transaction.Append(Events, [.. events.Select(added => (ReadOnlyMemory<byte>)added.ToByteArray())]);
        var after = state.After(events);
        transaction.Put(State, after.ToProto().ToByteArray());
        CaseIndex.Stage(transaction, state, after, found.Place);
        if (source is not null)
        {
            transaction.IfAbsent(SourceKey(source));
            transaction.Put(SourceKey(source), version.ToString(CultureInfo.InvariantCulture));
        }

        if (answer is not null)
        {
            transaction.Answer(answer(new Appended(after, events[^1])));
        }

        if (events.Any(added => added.CaseClosed is not null))
        {
            outbox.Stage(transaction, new CaseClosed { Case = name.ToString() });
        }

        if (events.Any(added => added.CaseReopened is not null))
        {
            outbox.Stage(transaction, new CaseReopened { Case = name.ToString() });
        }

        return await store.CommitAsync(transaction, cancellationToken) is not null;
    }

    private SemaphoreSlim QueueOf(CaseName name) =>
        _queues[(uint)string.GetHashCode(name.Id, StringComparison.Ordinal) % (uint)_queues.Length];

    private static Proto.CaseEvent Parse(ReadOnlyMemory<byte> entry) => Proto.CaseEvent.Parser.ParseFrom(entry.Span);

    private static Partition PartitionOf(CaseName name) => Partition.OfCaller(name.Id);

    private static string SourceKey(string source) => $"sources/{source}";

    private sealed record PlacedCase(CaseState State, CasePlace Place);
}

/// <summary>What adding events to a case came to.</summary>
/// <param name="State">The case now.</param>
/// <param name="Event">The last of the events; empty if nothing was added.</param>
internal sealed record Appended(CaseState State, Proto.CaseEvent Event);
