using FaultMaven.Data.Analysis.Documents.EmbeddedLogs;
using FaultMaven.Data.Analysis.Documents.Traces;
using FaultMaven.Data.Sources;
using FaultMaven.Data.Store;

namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>Reads the objects and relations of a case from its evidence.</summary>
internal sealed class CaseGraphReader(EvidenceListing listing, IBlobStore blobs)
{
    // Longer logs are read as a stream; of longer documents only this much is read.
    private const int MaxInMemory = 8 << 20;

    private static readonly string[] s_changes = ["deploy.changed", "deployment.changed", "deployment.rolled_back", "config.changed"];

    // Settings that no rule of the classifier knows.
    private static readonly string[] s_settings = [".cfg", ".conf", ".cnf", ".ini", ".env", ".properties"];

    public async Task<Proto.CaseGraph> ReadAsync(CaseName parent, CancellationToken cancellationToken)
    {
        var graph = new GraphBuilder();
        await foreach (var evidence in listing.ReadAllAsync(parent, cancellationToken))
        {
            if (evidence.LineCount > 0
                && EvidenceName.TryParse(evidence.Name, out var name)
                && await blobs.TryOpenReadAsync(name, evidence.ContentSha256, cancellationToken) is { } stream)
            {
                using var reader = new StoredTextReader(stream);
                Read(graph, new CitedFile(evidence), reader, stream.Length, cancellationToken);
            }
        }

        foreach (var signal in await listing.ListSignalsAsync(parent, cancellationToken))
        {
            ReadChange(graph, signal);
        }

        return graph.Build();
    }

    private static void Read(GraphBuilder graph, CitedFile file, StoredTextReader reader, long length, CancellationToken cancellationToken)
    {
        if (file.Type is Proto.EvidenceType.SourceCode or Proto.EvidenceType.Documentation or Proto.EvidenceType.Metrics
            or Proto.EvidenceType.Profile)
        {
            return;
        }

        var isLog = file.Type is Proto.EvidenceType.Logs or Proto.EvidenceType.ErrorReport;
        if (isLog && length > MaxInMemory)
        {
            new LogPeers(graph, file).Read(reader, cancellationToken);
            return;
        }

        var content = new char[Math.Min(length, MaxInMemory)];
        var text = new SourceText(PastedText.Unwrap(new string(content, 0, reader.ReadBlock(content))));
        var root = isLog && StructuredDocument.IsJsonLines(text.Text) ? null : StructuredDocument.Read(text);
        if (root is { IsScalar: false })
        {
            ReadDocument(graph, file, text, root, cancellationToken);
        }
        else if (isLog)
        {
            using var log = new StringReader(text.Text);
            new LogPeers(graph, file).Read(log, cancellationToken);
        }
        else
        {
            ReadText(graph, file, text, cancellationToken);
        }
    }

    private static void ReadDocument(GraphBuilder graph, CitedFile file, SourceText text, Node root, CancellationToken cancellationToken)
    {
        if (TraceReader.SpansOf(root, cancellationToken) is { Count: > 0 } spans)
        {
            foreach (var call in TracePaths.CallsOf(spans))
            {
                var cited = file.Cite(text, call.First().Node.First("operationName", "name") ?? call.First().Node);
                graph.Relate(Proto.RelationType.Calls, graph.Describe(ObjectKind.Service, "", call.Key.From, cited),
                    graph.Describe(ObjectKind.Service, "", call.Key.To, cited), cited, call.First().Operation, count: call.Count());
            }

            return;
        }

        if (new ManifestReader(graph, file, text).Read(root, cancellationToken) | new DeclaredSystem(graph, file, text).Read(root))
        {
            return;
        }

        if (file.Type == Proto.EvidenceType.Config)
        {
            var owner = graph.Mention(ObjectKind.File, "", file.Name, file.Cite(1, text.Line(1)));
            foreach (var (node, name) in root.Walk().Where(found => found.Node.IsScalar))
            {
                SettingPeers.Read(name, node.Text, owner, graph, file.Cite(text, node));
            }

            return;
        }

        foreach (var log in LogsInDocument.Of(root, file.Time, cancellationToken))
        {
            new LogPeers(graph, file).Read(log);
        }
    }

    private static void ReadText(GraphBuilder graph, CitedFile file, SourceText text, CancellationToken cancellationToken)
    {
        if (new DeclaredSystem(graph, file, text).ReadText())
        {
            return;
        }

        if (file.Type == Proto.EvidenceType.Config || s_settings.Contains(Path.GetExtension(file.Name)))
        {
            var owner = graph.Mention(ObjectKind.File, "", file.Name, file.Cite(1, text.Line(1)));
            SettingPeers.ReadLines(text.Text, 1, owner, graph, file, text);
            return;
        }

        new KubectlReader(graph, file, text).Read(cancellationToken);
    }

    // deployment/web, of a signal that says that it was changed
    private static void ReadChange(GraphBuilder graph, Proto.Signal signal)
    {
        if (s_changes.Contains(signal.Kind) && signal.Citations is [var cited, ..]
            && signal.Subject.Split('/', 2) is [{ Length: > 0 } kind, { Length: > 0 } name])
        {
            var change = graph.Describe(ObjectKind.Change, "", $"{cited.FileName}:{cited.StartLine}", Short(cited));
            change.State = signal.Summary;
            graph.Relate(Proto.RelationType.ChangedBy, graph.Mention(kind, "", name, Short(cited)), change, Short(cited),
                signal.StartTime?.ToDateTimeOffset().ToString("u", System.Globalization.CultureInfo.InvariantCulture) ?? "");
        }
    }

    private static Proto.Citation Short(Proto.Citation citation)
    {
        var cut = citation.Clone();
        cut.Quote = citation.Quote.CutTo(160);
        return cut;
    }
}
