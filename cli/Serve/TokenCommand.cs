using System.CommandLine;
using FaultMaven.Cli.Connections;

namespace FaultMaven.Cli.Serve;

/// <summary><c>fm token</c>: prints the token for callers of <c>fm serve</c> that are not <c>fm</c>, such as curl.</summary>
internal static class TokenCommand
{
    public static Command Create()
    {
        var command = new Command("token", "Print the token for other programs on this machine that call fm serve.");
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        if (parse.GetValue(GlobalOptions.Server) is not null)
        {
            throw new CommandFailedException(
                ExitCode.Usage, "The token is in the data folder of a server on this machine; --server does not apply to it.");
        }

        var directory = DataDirectory.Find(parse.GetValue(GlobalOptions.DataDirectory));
        var token = ServerToken.ReadOrNull(directory) ?? throw new CommandFailedException(
            ExitCode.Unreadable,
            $"There is no token in {directory} yet: 'fm serve' makes it at its first start. Name another folder with --data-dir.");
        await Console.Out.WriteLineAsync(token.AsMemory(), cancellationToken);
        return (int)ExitCode.Done;
    }
}
