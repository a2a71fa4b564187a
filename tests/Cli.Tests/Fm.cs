using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace FaultMaven.Cli.Tests;

/// <summary>The real <c>fm</c>, run as a child process with its own home folder, which is removed afterwards.</summary>
public sealed class Fm : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(5);

    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("fm-tests-");
    private readonly List<FmProcess> _started = [];

    public static string Samples { get; } = Path.Combine(RepositoryRoot(), "samples");

    private static string Binary { get; } = Path.GetFullPath(
        Path.Combine(AppContext.BaseDirectory, "..", "..", "FaultMaven.Cli", Configuration, "fm.dll"));

    // The artifacts folder ends in bin/{project}/{configuration}.
    private static string Configuration => Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));

    public string DataDirectory => Path.Combine(_home.FullName, "data");

    /// <summary>Makes a file in the home and gives its path.</summary>
    public string File(string name, string text)
    {
        var path = Path.Combine(_home.FullName, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Runs to the end with nothing on standard input.</summary>
    public Task<FmResult> RunAsync(params string[] arguments) => RunWithInputAsync("", arguments);

    public async Task<FmResult> RunWithInputAsync(string input, params string[] arguments)
    {
        var process = Start(arguments);
        await process.Input.WriteAsync(input);
        process.Input.Close();
        return await process.EndAsync();
    }

    /// <summary>Runs to the end with standard output going to a full disk.</summary>
    public async Task<FmResult> RunOnFullDiskAsync(params string[] arguments)
    {
        var process = Start("sh", ["-c", "exec dotnet \"$0\" \"$@\" > /dev/full", Binary, .. arguments]);
        process.Input.Close();
        return await process.EndAsync();
    }

    /// <summary>Runs to the end on a new terminal; the output is what the terminal gets, errors included.</summary>
    public Task<FmResult> RunOnTerminalAsync(int columns, params string[] arguments) => RunOnTerminalAsync(columns, [], arguments);

    /// <summary>The same, with more environment variables.</summary>
    public async Task<FmResult> RunOnTerminalAsync(int columns, (string Name, string Value)[] variables, params string[] arguments)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && System.IO.File.Exists("/usr/bin/script"), "Needs util-linux's script.");
        var environment = variables.Append((Name: "TERM", Value: "xterm-256color")).Select(variable => $"{variable.Name}={variable.Value}");
        string[] words = [.. environment, "dotnet", Binary, .. arguments];
        var command = $"stty cols {columns} rows 50; exec env {string.Join(' ', words.Select(word => $"'{word}'"))}";
        var record = Path.Combine(_home.FullName, $"{Guid.NewGuid():N}.typescript");
        var result = await Start("script", ["--quiet", "--return", "--command", command, record]).EndAsync();

        // The record has a line before and a line after what the terminal got, and keeps its carriage returns.
        var text = await System.IO.File.ReadAllTextAsync(record);
        var start = text.IndexOf('\n', StringComparison.Ordinal) + 1;
        var end = text.LastIndexOf("\nScript done", StringComparison.Ordinal);
        return result with { Output = text[start..(end < start ? text.Length : end)] };
    }

    /// <summary>Runs a shell script in which <c>fm</c> is the command.</summary>
    public async Task<FmResult> RunInBashAsync(string script)
    {
        Assert.SkipUnless(System.IO.File.Exists("/bin/bash"), "Needs bash.");
        var process = Start("bash", ["-c", $"fm() {{ dotnet '{Binary}' \"$@\"; }}\n{script}"]);
        process.Input.Close();
        return await process.EndAsync();
    }

    /// <summary>Starts it and leaves standard input open.</summary>
    public FmProcess Start(params string[] arguments) => Start("dotnet", [Binary, .. arguments]);

    /// <summary>The entries in the folder for temporary files.</summary>
    public IEnumerable<string> TemporaryFiles() => Directory.EnumerateFileSystemEntries(Path.Combine(_home.FullName, "tmp"), "fm-*");

    public void Dispose()
    {
        foreach (var process in _started)
        {
            process.Dispose();
        }

        _home.Delete(recursive: true);
    }

    private FmProcess Start(string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            WorkingDirectory = _home.FullName,
            Environment =
            {
                ["HOME"] = _home.FullName,
                ["XDG_DATA_HOME"] = DataDirectory,
                ["TMPDIR"] = Directory.CreateDirectory(Path.Combine(_home.FullName, "tmp")).FullName,
                ["NO_COLOR"] = null,
            },
        };
        var process = new FmProcess(Process.Start(start)!, s_timeout);
        lock (_started)
        {
            _started.Add(process);
        }

        return process;
    }

    private static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!System.IO.File.Exists(Path.Combine(folder.FullName, "FaultMaven.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests are not inside the repository.");
        }

        return folder.FullName;
    }
}

/// <summary>How a run ended.</summary>
public sealed record FmResult(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public IReadOnlyList<JsonElement> JsonLines =>
        [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    /// <summary>Fails the test, with the error output, unless it succeeded.</summary>
    public FmResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"fm exited {ExitCode}: {Error}");
        return this;
    }

    /// <summary>Fails the test unless it ended with this code and one sentence on standard error, which it returns.</summary>
    public string FailedWith(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"fm exited {ExitCode}, not {exitCode}: {Error}");
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        return Assert.Single(Error.Split('\n'), line => line.StartsWith("fm: ", StringComparison.Ordinal));
    }
}
