using System.CommandLine;
using System.CommandLine.Parsing;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Investigate;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Data.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using static FaultMaven.Protos.Data.V1.DataService;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary><c>fm evidence search CASE [TEXT]</c>: the lines, or log entries, that meet some conditions.</summary>
internal static class SearchCommand
{
    // Gigabytes may have to be read before the first match.
    private static readonly TimeSpan s_timeToSearch = TimeSpan.FromMinutes(15);

    private static readonly Argument<string> s_text = new("text")
    {
        Description = "The text to find, in any case",
        HelpName = "TEXT",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private static readonly Option<EntryLevel> s_level = new("--level")
    {
        Description = $"Only log entries of this level or a more severe one: {string.Join(", ", Levels().Select(JsonOutput.Name))}",
        HelpName = "LEVEL",
        CustomParser = ParseLevel,
    };

    private static readonly Option<string> s_template = new("--template")
    {
        Description = "Only log entries whose message has this shape, such as 'user <*> logged in'",
        HelpName = "TEMPLATE",
    };

    private static readonly Option<string[]> s_fields = new("--field")
    {
        Description = "Only log entries in which this field has this value; may be repeated",
        HelpName = "NAME=VALUE",
    };

    private static readonly Option<DateTimeOffset?> s_from = EvidenceArguments.Time("--from", "Only log entries at this time or later");
    private static readonly Option<DateTimeOffset?> s_to = EvidenceArguments.Time("--to", "Only log entries before this time");
    private static readonly Option<bool> s_caseSensitive = new("--case-sensitive") { Description = "Distinguish upper and lower case" };

    private static readonly Option<int> s_context = new("--context", "-C")
    {
        Description = "Lines to show around each match, at most 20",
        HelpName = "N",
    };

    private static readonly Option<int> s_max = new("--max")
    {
        Description = "The most matches to print, at most 1000",
        HelpName = "N",
        DefaultValueFactory = _ => 100,
    };

    private static readonly Option<bool> s_json = new("--json") { Description = "Print the matches as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("search", "Find lines or log entries in the evidence of a case.")
        {
            EvidenceArguments.CaseOrEvidence, s_text, s_level, s_template, s_fields, s_from, s_to, s_caseSensitive, s_context, s_max,
            s_json,
        };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        var fields = (parse.GetValue(s_fields) ?? []).Select(Field).ToList();
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var (parent, evidence) = await EvidenceArguments.FindAsync(connection.Calls, parse, cancellationToken);
        var request = new SearchEvidenceRequest
        {
            Parent = parent,
            Evidence = evidence,
            Text = parse.GetValue(s_text) ?? "",
            MinLevel = parse.GetValue(s_level),
            Template = parse.GetValue(s_template) ?? "",
            StartTime = parse.GetValue(s_from)?.ToTimestamp(),
            EndTime = parse.GetValue(s_to)?.ToTimestamp(),
            CaseSensitive = parse.GetValue(s_caseSensitive),
            ContextLines = parse.GetValue(s_context),
            MaxResults = parse.GetValue(s_max),
        };
        foreach (var (name, value) in fields)
        {
            request.Fields[name] = value;
        }

        using var call = new DataServiceClient(connection.Calls).SearchEvidence(
            request, deadline: time.GetUtcNow().UtcDateTime + s_timeToSearch, cancellationToken: cancellationToken);
        var matches = call.ResponseStream.ReadAllAsync(cancellationToken);

        if (parse.GetValue(s_json))
        {
            var all = await matches.Select(MatchJson.From).ToListAsync(cancellationToken);
            await JsonOutput.WriteAsync(new(all), EvidenceJsonContext.Standard.SearchJson, cancellationToken);
        }
        else
        {
            await PrintAsync(matches);
        }

        return (int)ExitCode.Done;
    }

    private static async Task PrintAsync(IAsyncEnumerable<SearchEvidenceResponse> matches)
    {
        var page = new TextColumn(Consoles.Output());
        var count = 0;
        await foreach (var match in matches)
        {
            count++;
            var number = match.Match.StartLine - match.LinesBefore.Count;
            foreach (var before in match.LinesBefore)
            {
                page.Paragraph($"{match.Match.FileName}:{number++}  ", before, "dim", "dim");
            }

            page.Paragraph($"{match.Match.FileName}:{match.Match.StartLine}  ", match.Match.Quote.TrimEnd(), leadStyle: "bold");

            number = match.Match.EndLine + 1;
            foreach (var after in match.LinesAfter)
            {
                page.Paragraph($"{match.Match.FileName}:{number++}  ", after, "dim", "dim");
            }
        }

        if (count == 0)
        {
            await Console.Error.WriteLineAsync("No matches.");
        }
    }

    private static (string Name, string Value) Field(string given) => given.Split('=', 2) is [{ Length: > 0 } name, var value]
        ? (name, value)
        : throw new CommandFailedException(ExitCode.Usage, $"--field needs NAME=VALUE, not '{given}'.");

    private static IEnumerable<EntryLevel> Levels() => System.Enum.GetValues<EntryLevel>().Where(level => level != EntryLevel.Unspecified);

    private static EntryLevel ParseLevel(ArgumentResult result)
    {
        var level = Levels().FirstOrDefault(level => JsonOutput.Name(level) == result.Tokens[0].Value);
        if (level == EntryLevel.Unspecified)
        {
            result.AddError($"--level needs one of {string.Join(", ", Levels().Select(JsonOutput.Name))}, not '{result.Tokens[0].Value}'.");
        }

        return level;
    }
}

/// <summary>The matches of a search, in the order of the evidence.</summary>
internal sealed record SearchJson(IReadOnlyList<MatchJson> Matches);

internal sealed record MatchJson(
    string Citation,
    string FileName,
    string Text,
    DateTimeOffset? Time,
    string Level,
    IReadOnlyList<string> Before,
    IReadOnlyList<string> After)
{
    public static MatchJson From(SearchEvidenceResponse match) => new(
        match.Match.Reference(),
        match.Match.FileName,
        match.Match.Quote,
        match.Time?.ToDateTimeOffset(),
        JsonOutput.Name(match.Level),
        [.. match.LinesBefore],
        [.. match.LinesAfter]);
}
