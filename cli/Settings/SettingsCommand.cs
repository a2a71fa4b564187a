using System.CommandLine;

namespace FaultMaven.Cli.Settings;

/// <summary><c>fm settings</c>: what the processes are set to, and settings of the former FaultMaven.</summary>
internal static class SettingsCommand
{
    public static Command Create(TimeProvider time) => new("settings", "Show the settings in effect, or take over those of an .env file.")
    {
        ListSettingsCommand.Create(time),
        ImportSettingsCommand.Create(),
    };
}
