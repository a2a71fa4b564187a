using System.Text.RegularExpressions;
using FaultMaven.Data.Analysis.Documents.Commands;
using FaultMaven.Data.Analysis.Statements;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>Reads what <c>kubectl get</c> and <c>kubectl describe</c> print, several outputs in one text too.</summary>
internal sealed partial class KubectlReader(GraphBuilder graph, CitedFile file, SourceText text)
{
    private const int MaxLines = 50_000;
    private const int MaxLineLength = 8_192;

    private readonly DescribedObject _described = new(graph, file);
    private string _namespace = "";
    private string _kind = "";
    private CommandTable? _table;

    public void Read(CancellationToken cancellationToken)
    {
        for (var number = 1; number <= Math.Min(text.LineCount, MaxLines); number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var line = text.Line(number);
            if (line.Length > MaxLineLength)
            {
                continue;
            }

            if (line.IsWhiteSpace())
            {
                _table = null;
            }
            else
            {
                ReadLine(line.ToString(), number);
            }
        }

        _described.Complete(_namespace);
    }

    private void ReadLine(string line, int number)
    {
        if (TextStatements.CommandOf(line) is { } command)
        {
            _described.Complete(_namespace);
            _table = null;
            _namespace = NamespaceOption().Match(command) is { Success: true } given ? given.Groups["name"].Value : "";
            _kind = Verb().Match(command) is { Success: true } verb ? ObjectKind.Of(verb.Groups["kind"].Value.Split('/', ',')[0]) : "";
            _described.Kind = _kind;
        }
        else if (AssignmentText.IsIn(line))
        {
            AssignmentText.Read(line, graph, file.Cite(number, line));
        }
        else if (!char.IsWhiteSpace(line[0]) && !line.Contains(':', StringComparison.Ordinal)
            && CommandTable.TryHeader(line, number, out var header))
        {
            _described.Complete(_namespace);
            _table = header.Has("NAME") ? header : null;
        }
        else if (_table is not null)
        {
            ReadRow(_table.Row(line, number));
        }
        else
        {
            _described.ReadLine(line, number, _namespace);
        }
    }

    private void ReadRow(CommandRow row)
    {
        var (kind, name) = row["NAME"].Split('/', 2) is [var said, var rest] ? (ObjectKind.Of(said), rest)
            : (KindOf(row.Table), row["NAME"]);
        kind = kind.Length > 0 ? kind : _kind;
        if (kind.Length == 0 || name.Length == 0 || name.Contains(' ', StringComparison.Ordinal))
        {
            return;
        }

        var space = row["NAMESPACE"] is { Length: > 0 } own ? own : _namespace;
        var cited = file.Cite(row.Number, row.Line);
        var found = kind == "endpoints" ? graph.Mention(ObjectKind.Service, space, name, cited) : graph.Describe(kind, space, name, cited);
        ReadState(row, kind, found);
        ReadRelations(row, kind, found, space, cited);
    }

    private static void ReadState(CommandRow row, string kind, GraphObject found)
    {
        found.State = kind switch
        {
            ObjectKind.Pod => row["READY"].Split('/') is [var ready, var all] && ready != all && row["STATUS"] is not "Completed"
                ? $"{row["STATUS"]}, {row["READY"]} ready" : row["STATUS"],
            "endpoints" => row["ENDPOINTS"] == "<none>" ? "no endpoints" : found.State,
            ObjectKind.Autoscaler when row["REPLICAS"].Length > 0 => $"{row["REPLICAS"]} of at most {row["MAXPODS"]} replicas",
            _ when ObjectKind.IsWorkload(kind) && row["READY"].Contains('/', StringComparison.Ordinal) =>
                $"{row["READY"].Replace("/", " of ", StringComparison.Ordinal)} ready",
            _ => row["STATUS"] is { Length: > 0 } status ? status : found.State,
        };
    }

    private void ReadRelations(CommandRow row, string kind, GraphObject found, string space, Proto.Citation cited)
    {
        switch (kind)
        {
            case ObjectKind.Pod:
                found.AddAlias(Value(row, "IP"));
                Refer(Proto.RelationType.RunsOn, ObjectKind.Node, "", Value(row, "NODE"));
                break;
            case ObjectKind.Node:
                found.AddAlias(Value(row, "INTERNAL-IP"));
                break;
            case ObjectKind.Service:
                found.AddAlias(Value(row, "CLUSTER-IP"));
                found.AddAlias(Value(row, "EXTERNAL-IP"));
                if (Value(row, "SELECTOR") is { Length: > 0 } selector)
                {
                    graph.Labels.AddSelector(found, space, DescribedObject.SelectorOf(selector), [], "", cited);
                }

                break;
            case "endpoints":
                foreach (var address in Value(row, "ENDPOINTS").Split(',').Select(each => each.Split(':')[0])
                    .Where(each => AddressText.IsHost(each)))
                {
                    graph.Relate(Proto.RelationType.RoutesTo, found, graph.Address(address, "", cited), cited);
                }

                break;
            case ObjectKind.Ingress:
                Refer(Proto.RelationType.ConfiguredBy, ObjectKind.IngressClass, "", Value(row, "CLASS"));
                break;
            case ObjectKind.VolumeClaim:
                Refer(Proto.RelationType.Mounts, ObjectKind.Volume, "", Value(row, "VOLUME"));
                Refer(Proto.RelationType.ConfiguredBy, ObjectKind.StorageClass, "", Value(row, "STORAGECLASS"));
                break;
            case ObjectKind.Volume when Value(row, "CLAIM").Split('/') is [var claimSpace, var claim]:
                graph.Relate(Proto.RelationType.Mounts, graph.Mention(ObjectKind.VolumeClaim, claimSpace, claim, cited), found, cited);
                break;
            case ObjectKind.Autoscaler when Value(row, "REFERENCE").Split('/') is [var target, var name]:
                Refer(Proto.RelationType.Scales, ObjectKind.Of(target), space, name);
                break;
            case "role_binding" or "cluster_role_binding" when Value(row, "ROLE").Split('/') is [var role, var name]:
                Refer(Proto.RelationType.ConfiguredBy, ObjectKind.Of(role), space, name);
                break;
        }

        if (Value(row, "LABELS") is { Length: > 0 } labels && (kind == ObjectKind.Pod || ObjectKind.IsWorkload(kind)))
        {
            graph.Labels.AddLabels(found, space, DescribedObject.LabelsOf(labels.Split(',')), []);
        }

        void Refer(Proto.RelationType type, string other, string otherSpace, string name)
        {
            if (name.Length > 0)
            {
                graph.Relate(type, found, graph.Mention(other, otherSpace, name, cited), cited);
            }
        }
    }

    private static string Value(CommandRow row, string column) => row[column] is var value && value is "<none>" or "<unset>" or "None"
        or "<pending>" ? "" : value;

    private static string KindOf(CommandTable table) =>
        table.Has("RESTARTS") ? ObjectKind.Pod
        : table.Has("ROLES") ? ObjectKind.Node
        : table.Has("CLUSTER-IP") ? ObjectKind.Service
        : table.Has("ENDPOINTS") ? "endpoints"
        : table.Has("HOSTS") ? ObjectKind.Ingress
        : table.Has("CLAIM") ? ObjectKind.Volume
        : table.Has("VOLUME") ? ObjectKind.VolumeClaim
        : table.Has("REFERENCE") ? ObjectKind.Autoscaler
        : table.Has("UP-TO-DATE") && !table.Has("DESIRED") ? ObjectKind.Deployment
        : table.Has("DESIRED", "UP-TO-DATE") ? "daemon_set"
        : table.Has("DESIRED") ? ObjectKind.ReplicaSet
        : table.Has("POD-SELECTOR") ? ObjectKind.NetworkPolicy
        : table.Has("PROVISIONER") ? ObjectKind.StorageClass
        : table.Has("CONTROLLER") ? ObjectKind.IngressClass
        : table.Has("COMPLETIONS") ? "job"
        : table.Has("SCHEDULE") ? "cron_job"
        : table.Has("ROLE") ? "role_binding"
        : "";

    [GeneratedRegex(@"(?:^|\s)(?:-n|--namespace)[= ](?<name>[a-z0-9-]{1,63})", RegexOptions.ExplicitCapture)]
    private static partial Regex NamespaceOption();

    [GeneratedRegex(@"\b(?:kubectl|oc|k)\b.{0,120}?\b(?:get|describe)\s+(?<kind>[A-Za-z./,]{2,60})", RegexOptions.ExplicitCapture)]
    private static partial Regex Verb();
}
