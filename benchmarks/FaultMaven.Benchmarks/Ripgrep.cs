using System.Diagnostics;
using System.Text;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Benchmarks;

/// <summary>
/// ripgrep with our literals and character patterns as its patterns: what has no case, shapes and word starts become the regular
/// expressions that say the same. It looks for them alone, while we also judge the text around each.
/// </summary>
internal sealed class Ripgrep : IDisposable
{
    // Words that could be base64, numbers long enough for a telephone's, addresses of both kinds, and capitals behind a word that has one.
    private static readonly string[] s_patterns =
    [
        @"(?-u:\b)[0-9A-Za-z]{12}", @"(?-u:\b)(?:[0-9][ ./()+-]{0,6}){7}", @"(?-u:\b)[0-9]{1,3}(?:\.[0-9]{1,3}){3}",
        @"(?-u:\b)[0-9A-Fa-f]{1,4}(?:[:-][0-9A-Fa-f]{1,4}){5}", @"[A-Z][^ ]{0,27} [A-Z]",
    ];

    private readonly string _executable;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fm-rg-");

    private Ripgrep(string executable, string text)
    {
        _executable = executable;
        File.WriteAllText(Text, text);
        var literals = RecognizerCatalogue.All().SelectMany(r => r.Literals)
            .Where(literal => literal.Text.Length > 1 && !literal.Text.Contains('\n')).Select(Pattern).Distinct();
        File.WriteAllLines(Patterns, [.. literals, .. s_patterns]);
    }

    private string Text => Path.Combine(_folder.FullName, "text.log");

    private string Patterns => Path.Combine(_folder.FullName, "patterns.txt");

    /// <summary>ripgrep over a text, or null and a note where it isn't on PATH.</summary>
    public static Ripgrep? Find(string text)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "rg")).FirstOrDefault(File.Exists);
        if (found is null)
        {
            Console.WriteLine("// rg is not installed (Debian: apt-get install ripgrep), so there is nothing to compare with.");
            return null;
        }

        return new Ripgrep(found, text);
    }

    public string Count() => Run().Output;

    /// <summary>How much processor time a count takes.</summary>
    public TimeSpan Measure() => Run().Time;

    private (string Output, TimeSpan Time) Run()
    {
        // The shell says how much processor time its child took, which the runtime can't say of a process that has ended.
        var start = new ProcessStartInfo("sh")
        {
            RedirectStandardOutput = true,
            ArgumentList =
            {
                "-c", "\"$0\" \"$@\"; times", _executable, "--threads", "1", "--count-matches", "--no-config", "--regex-size-limit", "1G",
                "--dfa-size-limit", "1G", "-f", Patterns, Text,
            },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("rg did not start.");
        var lines = process.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        process.WaitForExit();
        return lines.Length == 3
            ? (lines[0], lines[2].Split(' ').Select(Time).Aggregate((user, system) => user + system))
            : throw new InvalidOperationException("rg counted nothing.");
    }

    // 0m1.234567s
    private static TimeSpan Time(string time)
    {
        var minutes = time.IndexOf('m');
        return TimeSpan.FromSeconds((60 * double.Parse(time[..minutes])) + double.Parse(time[(minutes + 1)..^1]));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Pattern(Literal literal)
    {
        var pattern = new StringBuilder(
            literal.Start == LiteralStart.Anywhere || !char.IsAsciiLetterOrDigit(literal.Text[0]) ? "" : "(?-u:\\b)");
        for (var i = 0; i < literal.Text.Length; i++)
        {
            var c = literal.Text[i];
            pattern.Append((literal.IsMark(i), c) switch
            {
                (true, '#') => "[0-9]",
                (true, _) => "[0-9a-fA-F]",
                _ when literal.Form != LiteralForm.Exact && char.IsAsciiLetter(c) =>
                    $"[{char.ToLowerInvariant(c)}{char.ToUpperInvariant(c)}]",
                _ => char.IsAsciiLetterOrDigit(c) ? $"{c}" : $"\\x{{{(int)c:x}}}",
            });
        }

        return pattern.ToString();
    }
}
