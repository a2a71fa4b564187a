using System.CommandLine;

namespace FaultMaven.Cli.Settings;

/// <summary><c>fm settings import FILE</c>: our settings for the variables of the former FaultMaven.</summary>
internal static class ImportSettingsCommand
{
    private static readonly Argument<string> s_file = new("file") { Description = "The .env file", HelpName = "FILE" };

    private static readonly Option<bool> s_secrets = new("--show-secrets") { Description = "Print secrets instead of ***" };

    private static readonly Option<bool> s_strict = new("--strict") { Description = "Fail if anything could not be taken over" };

    public static Command Create()
    {
        var command = new Command("import", "Print our settings for an .env file of the former FaultMaven in Python.")
        {
            s_file, s_secrets, s_strict,
        };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var lines = await File.ReadAllLinesAsync(parse.GetRequiredValue(s_file), cancellationToken);
        var import = SettingsImport.Of(EnvironmentFile.Parse(lines));
        foreach (var setting in import.Settings)
        {
            var value = setting.IsSecret && !parse.GetValue(s_secrets) ? "***" : setting.Value;
            await Console.Out.WriteLineAsync(
                $"{setting.Key.Replace(":", "__", StringComparison.Ordinal)}={Quoted(value)}".AsMemory(), cancellationToken);
        }

        foreach (var left in import.Left)
        {
            await Console.Error.WriteLineAsync($"Not taken over: {left}".AsMemory(), cancellationToken);
        }

        return (int)(parse.GetValue(s_strict) && import.Left.Count > 0 ? ExitCode.Refused : ExitCode.Done);
    }

    // So that a shell that reads the lines takes the value as it is.
    private static string Quoted(string value) => value.All(IsPlain) ? value : $"'{value.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private static bool IsPlain(char character) => char.IsAsciiLetterOrDigit(character) || "_-./:,=@".Contains(character);
}
