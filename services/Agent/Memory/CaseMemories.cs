using FaultMaven.Agents.Turns;
using FaultMaven.Protos.Names;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.State;
using Google.Protobuf;
using State = FaultMaven.Protos.Agent.V1.Turn.Types.State;

namespace FaultMaven.Agents.Memory;

/// <summary>
/// What is remembered of cases: what people said, what was found, and what turns concluded. It is a fold over the log of the case and over
/// its turns, kept with them, so that a turn reads only what is new, however long the case is.
/// </summary>
internal sealed class CaseMemories(
    [FromKeyedServices(ResourceNames.Agent)] StateStore store,
    TurnStore turns,
    SessionService.SessionServiceClient session,
    RetryPolicy retry)
{
    private const int EventsPageSize = 200;
    private const int TurnsPageSize = 50;

    /// <summary>Reads what is remembered of a case up to now.</summary>
    /// <param name="name">The case.</param>
    /// <param name="evidence">The evidence that the case has; what rests on other evidence is forgotten.</param>
    /// <param name="turn">
    /// The turn that it is read for: the memory is kept as long as that turn is there. Null to keep nothing.
    /// </param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="ServiceUnavailableException">Session was unavailable until the token was cancelled.</exception>
    public async Task<Proto.CaseMemory> ReadAsync(
        CaseName name, IReadOnlyList<Data.Evidence> evidence, TurnName? turn, CancellationToken cancellationToken)
    {
        var partition = TurnKeys.PartitionOf(name.Id);
        var record = await store.FindAsync(partition, TurnKeys.Memory, cancellationToken);
        var memory = record is null ? new() : Proto.CaseMemory.Parser.ParseFrom(record.Value.Span);

        var isChanged = await AddEventsAsync(name, memory, cancellationToken);
        isChanged |= await AddTurnsAsync(name, memory);
        isChanged |= MemoryFold.Forget(memory, evidence.Select(file => file.Name).ToHashSet(StringComparer.Ordinal));
        if (isChanged && turn is { } keeper)
        {
            // Another turn may have been faster; the next one adds what is missing then.
            var transaction = new StateTransaction(partition);
            transaction.IfPresent(TurnKeys.Turn(keeper));
            transaction.IfUnchanged(TurnKeys.Memory, record);
            transaction.Put(TurnKeys.Memory, memory.ToByteArray());
            await store.CommitAsync(transaction, cancellationToken);
        }

        return memory;
    }

    private async Task<bool> AddEventsAsync(CaseName name, Proto.CaseMemory memory, CancellationToken cancellationToken)
    {
        var before = memory.CaseVersion;
        var request = new ListCaseEventsRequest { Parent = $"{name}", PageSize = EventsPageSize, AfterVersion = before };
        do
        {
            var page = await retry.CallAsync(ResourceNames.Session,
                token => session.ListCaseEventsAsync(request, cancellationToken: token).ResponseAsync, cancellationToken);
            foreach (var next in page.Events)
            {
                MemoryFold.Add(memory, next);
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return memory.CaseVersion > before;
    }

    // Up to the first that still runs: turns are remembered in their order.
    private async Task<bool> AddTurnsAsync(CaseName name, Proto.CaseMemory memory)
    {
        var before = memory.TurnCount;
        while (true)
        {
            var page = await turns.ListAsync(name.Id, memory.TurnCount, TurnsPageSize);
            foreach (var turn in page.TakeWhile(turn => turn.State != State.Running))
            {
                MemoryFold.Add(memory, turn);
            }

            if (page.Count < TurnsPageSize || page.Any(turn => turn.State == State.Running))
            {
                return memory.TurnCount > before;
            }
        }
    }
}
