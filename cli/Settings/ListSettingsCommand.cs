using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Operations.V1;

namespace FaultMaven.Cli.Settings;

/// <summary><c>fm settings list</c>: the settings in effect, without secrets.</summary>
internal static class ListSettingsCommand
{
    private const int PageSize = 200;

    private static readonly Option<bool> s_set = new("--set") { Description = "Only those that are set" };

    private static readonly Option<bool> s_json = new("--json") { Description = "Print the settings as JSON" };

    public static Command Create(TimeProvider time)
    {
        var command = new Command("list", "List the settings in effect and where each comes from; secrets are masked.") { s_set, s_json };
        command.SetAction((parse, cancellationToken) => RunAsync(parse, time, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
        var settings = await ReadAllAsync(new SettingsService.SettingsServiceClient(connection.Calls), cancellationToken);
        if (parse.GetValue(s_set))
        {
            settings.RemoveAll(setting => setting.Source is EffectiveSetting.Types.Source.Default);
        }

        if (parse.GetValue(s_json))
        {
            await JsonOutput.WriteAsync(
                new([.. settings.Select(SettingJson.From)]), SettingJsonContext.Standard.SettingListJson, cancellationToken);
            return (int)ExitCode.Done;
        }

        var page = new TextColumn(Consoles.Output());
        foreach (var process in settings.GroupBy(setting => setting.Process))
        {
            page.Heading(process.Key);
            foreach (var setting in process)
            {
                var value = setting.Value.Length > 0 ? setting.Value : "–";
                page.Paragraph("", $"{setting.Key} = {value} ({JsonOutput.Name(setting.Source).Replace('_', ' ')})");
            }
        }

        return (int)ExitCode.Done;
    }

    private static async Task<List<EffectiveSetting>> ReadAllAsync(
        SettingsService.SettingsServiceClient client, CancellationToken cancellationToken)
    {
        var settings = new List<EffectiveSetting>();
        var request = new ListEffectiveSettingsRequest { PageSize = PageSize };
        do
        {
            var answer = await client.ListEffectiveSettingsAsync(request, cancellationToken: cancellationToken);
            settings.AddRange(answer.EffectiveSettings);
            request.PageToken = answer.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return settings;
    }
}
