using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Commands;

/// <summary>Reads the output of top, ps, df, free, vmstat, iostat, netstat, ss, docker and kubectl.</summary>
internal sealed class CommandOutputAnalyzer : IEvidenceAnalyzer
{
    public IReadOnlySet<Proto.EvidenceType> Types { get; } = new HashSet<Proto.EvidenceType> { Proto.EvidenceType.CommandOutput };

    public EvidenceAnalysis Analyze(EvidenceSource source, CancellationToken cancellationToken)
    {
        var text = SourceText.Read(source);
        if (StructuredDocument.IsJson(text.Text))
        {
            return EvidenceAnalysis.Empty;
        }

        var signals = new SignalBuilder(source, text);
        if (DescribeReader.IsDescription(text))
        {
            new DescribeReader(signals).Read(text, cancellationToken);
            return signals.ToAnalysis();
        }

        CommandTable? table = null;
        var usage = new UsageReader(signals);
        var sockets = new SocketReader(signals);
        var objects = new KubectlTable(signals);
        for (var number = 1; number <= text.LineCount; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = text.Line(number).ToString();
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (CommandTable.TryHeader(line, number, out var header))
            {
                table = header;
            }
            else if (!usage.ReadLine(line, number) && !sockets.ReadLine(line, number) && table is not null)
            {
                var row = table.Row(line, number);
                usage.ReadRow(row);
                objects.ReadRow(row);
            }
        }

        usage.Complete();
        sockets.Complete();
        objects.Complete();
        return signals.ToAnalysis();
    }
}
