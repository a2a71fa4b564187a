using System.Text;
using System.Text.RegularExpressions;

namespace FaultMaven.Cli.Tests;

/// <summary>Every <c>fm</c> command in the documentation and in the help is one that <c>fm</c> understands.</summary>
public sealed partial class DocumentedCommands : IDisposable
{
    private const int AtOnce = 4;
    private const string Operators = "|&;<>()";

    private readonly Fm _fm = new();

    [Fact]
    public async Task Are_understood()
    {
        var commands = Pages()
            .SelectMany(page => CommandsOf(File.ReadAllLines(page)).Select(words => (Page: Path.GetFileName(page), Words: words)))
            .ToList();
        var wrong = new List<string>();

        await Parallel.ForEachAsync(commands, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (command, _) =>
        {
            var result = await _fm.RunAsync(["[check]", .. command.Words]);
            if (result.ExitCode != 0)
            {
                lock (wrong)
                {
                    wrong.Add($"{command.Page}: fm {string.Join(' ', command.Words)}: {result.Error}");
                }
            }
        });

        Assert.True(commands.Count > 20, "The commands are not found.");
        Assert.Empty(wrong);
    }

    [Fact]
    public void Are_found_in_scripts()
    {
        string[] lines =
        [
            "kubectl logs -f web | fm redact > out.log   # comment",
            "fm knowledge import ./runbooks && fm knowledge search \"disk full\"",
            "FAULTMAVEN_TOKEN=… fm restore a.md --scope 'cases/1'",
            "dotnet run --project cli -- case list",
            "fmt -w 80 x",
        ];

        Assert.Equal(
            ["redact", "knowledge import ./runbooks", "knowledge search disk full", "restore a.md --scope cases/1", "case list"],
            CommandsOf(["```sh", .. lines, "```"]).Select(words => string.Join(' ', words)));
    }

    public void Dispose() => _fm.Dispose();

    private static IEnumerable<string> Pages()
    {
        var root = Path.GetDirectoryName(Fm.Samples)!;
        return new[] { "README.md", "CONTRIBUTING.md", "samples/README.md", "cli/HelpText.cs" }
            .Select(file => Path.Combine(root, file))
            .Concat(Directory.EnumerateFiles(Path.Combine(root, "docs"), "*.md"));
    }

    // Commands are in blocks of shell code; the examples of the help are indented.
    private static IEnumerable<IReadOnlyList<string>> CommandsOf(IReadOnlyList<string> lines)
    {
        var isCode = false;
        foreach (var line in lines)
        {
            if (Fence().Match(line) is { Success: true } fence)
            {
                isCode = fence.Groups["language"].Value == "sh";
            }
            else if (isCode || line.StartsWith("              ", StringComparison.Ordinal))
            {
                foreach (var words in Split(line))
                {
                    if (ArgumentsOf(words) is { } arguments)
                    {
                        yield return arguments;
                    }
                }
            }
        }
    }

    private static List<string>? ArgumentsOf(List<string> words)
    {
        while (words is [var first, ..] && Assignment().IsMatch(first))
        {
            words.RemoveAt(0);
        }

        return words switch
        {
            ["fm", .. var arguments] => arguments,
            ["dotnet", "run", "--project", "cli", "--", .. var arguments] => arguments,
            _ => null,
        };
    }

    // Enough of a shell's grammar: words, quotes, comments, and what ends a command.
    private static IEnumerable<List<string>> Split(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var quote = '\0';
        var isWord = false;
        var isTarget = false;

        for (var i = 0; i <= line.Length; i++)
        {
            var character = i < line.Length ? line[i] : '\n';
            if (quote != '\0' && character != '\n')
            {
                quote = character == quote ? '\0' : quote;
                _ = character is '"' or '\'' && quote == '\0' ? word : word.Append(character);
            }
            else if (character is '"' or '\'')
            {
                (quote, isWord) = (character, true);
            }
            else if (!char.IsWhiteSpace(character) && !Operators.Contains(character) && !(character == '#' && !isWord))
            {
                (_, isWord) = (word.Append(character), true);
            }
            else
            {
                if (isWord && !isTarget)
                {
                    words.Add($"{word}");
                }

                isTarget = character is '>' or '<' || (isTarget && !isWord && character != '(');
                (_, isWord) = (word.Clear(), false);
                if (character is '|' or '&' or ';' or '#' or '\n' or '(' or ')')
                {
                    yield return words;
                    words = [];
                }

                if (character == '#')
                {
                    yield break;
                }
            }
        }
    }

    [GeneratedRegex(@"^\s*```(?<language>\w*)")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\w+=")]
    private static partial Regex Assignment();
}
