using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Investigate;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Agent.V1;
using static FaultMaven.Protos.Agent.V1.AgentService;

namespace FaultMaven.Cli.Cases;

/// <summary><c>fm case memory CASE</c>: what was said, found and concluded in a case so far, for the one who takes it over.</summary>
internal static class MemoryCommand
{
    private const int MaxShown = 12;

    private static readonly Option<bool> s_json = new("--json") { Description = "Print it as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("memory", "Show what was said, found and concluded in a case so far.") { CaseArguments.Case, s_json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var name = await CaseNames.FindAsync(connection.Calls, parse.GetRequiredValue(CaseArguments.Case), cancellationToken);
        var memory = await new AgentServiceClient(connection.Calls)
            .GetCaseMemoryAsync(new() { Parent = name }, cancellationToken: cancellationToken);
        if (parse.GetValue(s_json))
        {
            await JsonOutput.WriteAsync(CaseMemoryJson.From(name, memory), CaseJsonContext.Standard.CaseMemoryJson, cancellationToken);
            return (int)ExitCode.Done;
        }

        var page = new TextColumn(Consoles.Output());
        Write(page, "Concluded", memory.Conclusions.Select(TextOf));
        Write(page, "Said", memory.Facts.Where(fact => fact.Actor.Length > 0).Select(RememberedText.Of));
        Write(page, "Found", memory.Facts.Where(fact => fact.Actor.Length == 0).Select(RememberedText.Of));
        if (memory.Conclusions.Count + memory.Facts.Count == 0)
        {
            await Console.Error.WriteLineAsync($"Nothing was said or found yet; ask with 'fm ask {name} QUESTION'.");
        }

        return (int)ExitCode.Done;
    }

    private static void Write(TextColumn page, string heading, IEnumerable<string> entries)
    {
        var lines = entries.ToList();
        if (lines.Count == 0)
        {
            return;
        }

        page.Heading(heading);
        foreach (var line in lines.TakeLast(MaxShown))
        {
            page.Paragraph("  • ", line);
        }

        if (lines.Count > MaxShown)
        {
            page.Paragraph("  ", $"and {lines.Count - MaxShown} earlier ones; --json has all of them", leadStyle: "dim");
        }
    }

    private static string TextOf(RememberedConclusion conclusion)
    {
        var first = $"{conclusion.FirstTime?.ToDateTimeOffset():yyyy-MM-dd HH:mm}Z";
        var times = conclusion.TurnCount > 1
            ? $"{first} to {conclusion.LastTime?.ToDateTimeOffset():yyyy-MM-dd HH:mm}Z, {Counted.Of(conclusion.TurnCount, "turn")}"
            : first;
        return $"{times}: {conclusion.RootCause}";
    }
}
