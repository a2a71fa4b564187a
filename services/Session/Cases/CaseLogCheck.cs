using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Checks;
using FaultMaven.Sessions.Cases.Listing;
using Google.Protobuf;

namespace FaultMaven.Sessions.Cases;

/// <summary>
/// Verifies that the log of each case has no gaps, that its stored state is what its events amount to, and that it can be listed.
/// </summary>
internal sealed class CaseLogCheck : IStateCheck
{
    public string Service => CaseLog.Service;

    public async Task CheckAsync(StateStore snapshot, Partition partition, StateFindings findings, CancellationToken cancellationToken)
    {
        if (snapshot.Shards.Contains(partition))
        {
            await CaseIndexCheck.CheckShardAsync(snapshot, partition, findings, cancellationToken);
            return;
        }

        if (partition.Name == CaseIndex.PartitionName)
        {
            return;
        }

        var name = new CaseName(partition.Name);
        var folded = CaseState.Before(name);
        await foreach (var entry in snapshot.ReadEntriesAsync(partition, CaseLog.Events, cancellationToken))
        {
            findings.Count("events");
            if (Read(entry) is not { } caseEvent)
            {
                findings.Report($"Event {folded.Version + 1} of {name} cannot be read.");
                return;
            }

            if (caseEvent.Version != folded.Version + 1)
            {
                findings.Report($"The log of {name} has event {caseEvent.Version} where event {folded.Version + 1} should be.");
                return;
            }

            folded = folded.After([caseEvent]);
        }

        await CheckStateAsync(snapshot, partition, folded, findings, cancellationToken);
    }

    private static async Task CheckStateAsync(
        StateStore snapshot, Partition partition, CaseState folded, StateFindings findings, CancellationToken cancellationToken)
    {
        if (await snapshot.FindAsync(partition, CaseLog.State, cancellationToken) is not { } state)
        {
            if (folded.Version > 0)
            {
                findings.Report($"{folded.Name} has events and no state.");
            }

            return;
        }

        findings.Count("cases");
        if (!state.Value.Span.SequenceEqual(folded.ToProto().ToByteArray()))
        {
            findings.Report($"The stored state of {folded.Name} is not what its {folded.Version} events amount to.");
        }

        await CaseIndexCheck.CheckCaseAsync(snapshot, partition, folded, findings, cancellationToken);
    }

    private static Proto.CaseEvent? Read(ReadOnlyMemory<byte> entry)
    {
        try
        {
            return Proto.CaseEvent.Parser.ParseFrom(entry.Span);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
