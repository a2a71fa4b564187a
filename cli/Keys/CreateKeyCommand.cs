using System.CommandLine;
using FaultMaven.Protos.Identity.V1;
using Google.Protobuf.WellKnownTypes;
using static FaultMaven.Protos.Identity.V1.ApiKeyService;

namespace FaultMaven.Cli.Keys;

/// <summary><c>fm key create NAME</c>: makes a key and prints it, once.</summary>
internal static class CreateKeyCommand
{
    private static readonly Argument<string> s_name = new("name")
    {
        Description = "What the key is for, such as deploy-bot",
        HelpName = "NAME",
    };

    private static readonly Option<string[]> s_roles = Values<ApiKey.Types.Role>(
        "--role", "ROLE", "What its user may do: viewer, member, operator, admin or auditor [default: member]");

    private static readonly Option<string[]> s_scopes = Values<Scope>(
        "--scope", "SCOPE", "What of the API it is for: cases, evidence, knowledge, redaction or operations [default: all]");

    private static readonly Option<TimeSpan?> s_life = new("--expires-in")
    {
        Description = "When it ends, such as 90d, 12h or 30m from now [default: 30d]",
        HelpName = "TIME",
        CustomParser = KeyArguments.ParseTime,
    };

    public static Command Create(TimeProvider time)
    {
        var command = KeyCommand.Below(
            "create", "Make a key for a program, and print it. It is shown this once.", time,
            (parse, keys, cancellationToken) => RunAsync(parse, keys, time, cancellationToken));
        command.Add(s_name);
        command.Add(s_roles);
        command.Add(s_scopes);
        command.Add(s_life);
        return command;
    }

    private static async Task RunAsync(ParseResult parse, ApiKeyServiceClient keys, TimeProvider time, CancellationToken cancellationToken)
    {
        var life = parse.GetValue(s_life) ?? TimeSpan.FromDays(30);
        var roles = parse.GetValue(s_roles) is { Length: > 0 } given ? given : ["member"];
        var key = new ApiKey
        {
            DisplayName = parse.GetRequiredValue(s_name),
            Roles = { roles.Select(role => System.Enum.Parse<ApiKey.Types.Role>(role, ignoreCase: true)) },
            Scopes = { (parse.GetValue(s_scopes) ?? []).Select(scope => System.Enum.Parse<Scope>(scope, ignoreCase: true)) },
            ExpireTime = (time.GetUtcNow() + life).ToTimestamp(),
        };
        var made = await keys.CreateApiKeyAsync(new() { ApiKey = key }, cancellationToken: cancellationToken);
        await Console.Error.WriteLineAsync(
            $"{made.Name}, until {KeyText.Time(made.ExpireTime)}. It is shown this once:".AsMemory(), cancellationToken);
        await Console.Out.WriteLineAsync(made.Secret.AsMemory(), cancellationToken);
    }

    private static Option<string[]> Values<TEnum>(string name, string helpName, string description)
        where TEnum : struct, System.Enum
    {
        string[] known = [.. System.Enum.GetNames<TEnum>().Skip(1).Select(value => value.ToLowerInvariant())];
        var option = new Option<string[]>(name) { Description = description, HelpName = helpName, AllowMultipleArgumentsPerToken = false };
        option.AcceptOnlyFromAmong(known);
        return option;
    }
}
