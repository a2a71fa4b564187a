using System.CommandLine;

namespace FaultMaven.Cli.Investigate;

/// <summary>Words the commands to type next, with the options that lead to the same data.</summary>
internal sealed class NextCommand(ParseResult parse)
{
    private readonly string _place = parse.GetValue(GlobalOptions.Server) is { } server ? $" --server {server.OriginalString}"
        : parse.GetValue(GlobalOptions.DataDirectory) is { Length: > 0 } folder ? $" --data-dir {Quoted(folder)}"
        : "";

    public string Ask(string caseName) => $"fm ask {caseName} \"…\"{_place}";

    public string ShowAll(string caseName) => $"fm case show {caseName} --all{_place}";

    private static string Quoted(string path) =>
        path.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_' or '~' or '\\' or ':') ? path
            : $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
