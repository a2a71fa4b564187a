using System.CommandLine;
using FaultMaven.Cli.Connections;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Identity.V1;
using static FaultMaven.Protos.Identity.V1.ApiKeyService;

namespace FaultMaven.Cli.Keys;

/// <summary><c>fm key</c>: keys for programs that call a server.</summary>
internal static class KeyCommand
{
    private const int PageSize = 200;

    private static readonly Option<bool> s_json = new("--json") { Description = "Print it as JSON" };

    public static Command Create(TimeProvider time)
    {
        var show = Below("show", "Show a key, without its secret.", time, ShowAsync);
        show.Add(KeyArguments.Key);
        show.Add(s_json);
        var list = Below("list", "List your keys, as an administrator those of the tenant.", time, ListAsync);
        list.Add(s_json);
        var revoke = Below("revoke", "End keys at once.", time, RevokeAsync);
        revoke.Add(KeyArguments.Keys);
        return new("key", "Make and end keys for programs that call a server.")
        {
            CreateKeyCommand.Create(time),
            list,
            show,
            RotateKeyCommand.Create(time),
            revoke,
        };
    }

    /// <summary>A command that makes calls to the service of keys.</summary>
    public static Command Below(
        string name, string description, TimeProvider time, Func<ParseResult, ApiKeyServiceClient, CancellationToken, Task> run)
    {
        var command = new Command(name, description);
        command.SetAction(async (parse, cancellationToken) =>
        {
            await using var connection = await Connection.OpenAsync(parse, time, cancellationToken);
            await run(parse, connection.Client.ApiKeys, cancellationToken);
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static async Task ListAsync(ParseResult parse, ApiKeyServiceClient keys, CancellationToken cancellationToken)
    {
        var all = new List<ApiKey>();
        var request = new ListApiKeysRequest { PageSize = PageSize };
        do
        {
            var page = await keys.ListApiKeysAsync(request, cancellationToken: cancellationToken);
            all.AddRange(page.ApiKeys);
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        if (parse.GetValue(s_json))
        {
            await JsonOutput.WriteAsync(
                new KeyListJson([.. all.Select(KeyJson.From)]), KeyJsonContext.Standard.KeyListJson, cancellationToken);
            return;
        }

        if (all.Count == 0)
        {
            await Console.Error.WriteLineAsync("There are no keys.".AsMemory(), cancellationToken);
        }

        KeyText.Write(new TextColumn(Consoles.Output()), all);
    }

    private static async Task ShowAsync(ParseResult parse, ApiKeyServiceClient keys, CancellationToken cancellationToken)
    {
        var name = parse.GetRequiredValue(KeyArguments.Key).ToString();
        var key = await keys.GetApiKeyAsync(new() { Name = name }, cancellationToken: cancellationToken);
        if (parse.GetValue(s_json))
        {
            await JsonOutput.WriteAsync(KeyJson.From(key), KeyJsonContext.Standard.KeyJson, cancellationToken);
            return;
        }

        KeyText.Write(new TextColumn(Consoles.Output()), [key]);
    }

    private static async Task RevokeAsync(ParseResult parse, ApiKeyServiceClient keys, CancellationToken cancellationToken)
    {
        foreach (var name in parse.GetRequiredValue(KeyArguments.Keys))
        {
            await keys.RevokeApiKeyAsync(new() { Name = name.ToString() }, cancellationToken: cancellationToken);
            await Console.Error.WriteLineAsync($"Revoked {name}.".AsMemory(), cancellationToken);
        }
    }
}
