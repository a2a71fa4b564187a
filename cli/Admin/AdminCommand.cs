using System.CommandLine;
using FaultMaven.Cli.Connections;

namespace FaultMaven.Cli.Admin;

/// <summary><c>fm admin</c>: looking after a data folder.</summary>
internal static class AdminCommand
{
    public static Command Create(TimeProvider time) => new("admin", "Look after a data folder: backups, and whether it is sound.")
    {
        BackupCommand.Create(time),
        RestoreBackupCommand.Create(time),
        CheckCommand.Create(time),
        MigrateCommand.Create(),
    };

    /// <summary>The data folder that a command is about.</summary>
    /// <exception cref="CommandFailedException">A server was named.</exception>
    public static string DirectoryOf(ParseResult parse) => parse.GetValue(GlobalOptions.Server) is null
        ? DataDirectory.Find(parse.GetValue(GlobalOptions.DataDirectory))
        : throw new CommandFailedException(
            ExitCode.Usage, "fm admin works on a data folder of this machine; --server does not apply to it.");
}
