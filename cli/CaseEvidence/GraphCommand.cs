using System.CommandLine;
using FaultMaven.Cli.Cases;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;
using static FaultMaven.Protos.Data.V1.DataService;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary><c>fm evidence graph CASE</c>: the objects that the evidence names and how they are related.</summary>
internal static class GraphCommand
{
    // All of the text is read.
    private static readonly TimeSpan s_timeToRead = TimeSpan.FromMinutes(15);

    private static readonly Option<string> s_about = new("--about")
    {
        Description = "Only relations of objects whose id contains this text",
        HelpName = "TEXT",
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "Print the graph as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("graph", "Show the objects in the evidence of a case and how they are related.")
        {
            CaseArguments.Case, s_about, s_json,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var parent = await CaseNames.FindAsync(connection.Calls, parse.GetRequiredValue(CaseArguments.Case), cancellationToken);
        var graph = await new DataServiceClient(connection.Calls).GetCaseGraphAsync(
            new() { Parent = parent }, deadline: (time.GetUtcNow() + s_timeToRead).UtcDateTime, cancellationToken: cancellationToken);
        if (graph.Objects.Count == 0)
        {
            await Console.Error.WriteLineAsync($"The evidence of {parent} names no objects, or the case does not exist.");
        }

        if (parse.GetValue(s_about) is { Length: > 0 } about)
        {
            var named = graph.Objects.Count;
            Keep(graph, about);
            if (named > 0 && graph.Objects.Count == 0)
            {
                await Console.Error.WriteLineAsync($"None of the {named} objects in the evidence of {parent} has \"{about}\" in its id.");
            }
        }

        if (parse.GetValue(s_json))
        {
            await JsonOutput.WriteAsync(GraphJson.Of(graph), EvidenceJsonContext.Standard.GraphJson, cancellationToken);
        }
        else
        {
            new GraphReport(new TextColumn(Consoles.Output())).Write(graph);
        }

        return (int)ExitCode.Done;
    }

    private static void Keep(CaseGraph graph, string about)
    {
        var named = graph.Objects.Where(each => each.Id.Contains(about, StringComparison.OrdinalIgnoreCase)
            || each.Aliases.Any(alias => alias.Contains(about, StringComparison.OrdinalIgnoreCase))).Select(each => each.Id).ToHashSet();
        var relations = graph.Relations.Where(relation => named.Contains(relation.From) || named.Contains(relation.To)).ToList();
        graph.Relations.Clear();
        graph.Relations.AddRange(relations);
        var objects = graph.Objects.Where(each => named.Contains(each.Id)
            || relations.Any(relation => relation.From == each.Id || relation.To == each.Id)).ToList();
        graph.Objects.Clear();
        graph.Objects.AddRange(objects);
    }
}
