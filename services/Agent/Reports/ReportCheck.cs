using System.Text;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.State.Checks;
using Google.Protobuf;

namespace FaultMaven.Agents.Reports;

/// <summary>Verifies that each report of a case can be read, and that each of its statements has a source.</summary>
internal sealed class ReportCheck : IStateCheck
{
    public string Service => ResourceNames.Agent;

    public async Task CheckAsync(StateStore snapshot, Partition partition, StateFindings findings, CancellationToken cancellationToken)
    {
        await foreach (var entry in snapshot.ReadEntriesAsync(partition, ReportStore.Index, cancellationToken))
        {
            findings.Count("reports");
            var id = Encoding.UTF8.GetString(entry.Span).Split('/')[^1];
            var record = await snapshot.FindAsync(partition, ReportStore.Key(id), cancellationToken);
            if (record is null || !IsSound(record.Value))
            {
                findings.Report($"cases/{partition.Name}/reports/{id} is missing, cannot be read, or has a statement without a source.");
            }
        }
    }

    private static bool IsSound(ReadOnlyMemory<byte> bytes)
    {
        try
        {
            var report = Proto.Report.Parser.ParseFrom(bytes.Span);
            return report.Sections.SelectMany(section => section.Statements)
                .Concat(report.CausalChain.Select(step => step.Statement))
                .Concat(report.Curves.Select(curve => curve.Statement))
                .All(statement => statement.Sources.Count > 0
                    && statement.Sources.All(number => number >= 1 && number <= report.Sources.Count));
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }
}
