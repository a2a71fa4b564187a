using System.CommandLine;
using FaultMaven.Protos.Identity.V1;
using Google.Protobuf.WellKnownTypes;
using static FaultMaven.Protos.Identity.V1.ApiKeyService;

namespace FaultMaven.Cli.Keys;

/// <summary><c>fm key rotate KEY</c>: gives a key a new secret and prints it, once.</summary>
internal static class RotateKeyCommand
{
    private static readonly Option<TimeSpan?> s_grace = new("--grace")
    {
        Description = "How long the secret before goes on being accepted, at most 7d [default: 1d]",
        HelpName = "TIME",
        CustomParser = KeyArguments.ParseTime,
    };

    private static readonly Option<TimeSpan?> s_life = new("--expires-in")
    {
        Description = "When the key ends, such as 90d from now [default: as before]",
        HelpName = "TIME",
        CustomParser = KeyArguments.ParseTime,
    };

    public static Command Create(TimeProvider time)
    {
        var command = KeyCommand.Below(
            "rotate", "Give a key a new secret, and print it. It is shown this once.", time,
            (parse, keys, cancellationToken) => RunAsync(parse, keys, time, cancellationToken));
        command.Add(KeyArguments.Key);
        command.Add(s_grace);
        command.Add(s_life);
        return command;
    }

    private static async Task RunAsync(ParseResult parse, ApiKeyServiceClient keys, TimeProvider time, CancellationToken cancellationToken)
    {
        var request = new RotateApiKeyRequest
        {
            Name = parse.GetRequiredValue(KeyArguments.Key).ToString(),
            GracePeriod = parse.GetValue(s_grace)?.ToDuration(),
            ExpireTime = parse.GetValue(s_life) is { } life ? (time.GetUtcNow() + life).ToTimestamp() : null,
        };
        var rotated = await keys.RotateApiKeyAsync(request, cancellationToken: cancellationToken);
        await Console.Error.WriteLineAsync(
            $"{rotated.Name}, until {KeyText.Time(rotated.ExpireTime)}. The new secret is shown this once:".AsMemory(), cancellationToken);
        await Console.Out.WriteLineAsync(rotated.Secret.AsMemory(), cancellationToken);
    }
}
