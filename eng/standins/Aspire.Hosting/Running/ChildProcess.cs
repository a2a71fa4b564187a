using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;

namespace Aspire.Hosting.Running;

/// <summary>
/// A process in a session of its own: a Ctrl-C at the terminal reaches the app host alone, which then stops its children in order, and a signal
/// to the group reaches what the child started too. Linux only, by <c>setsid</c> of util-linux.
/// </summary>
internal sealed partial class ChildProcess
{
    private const int SigTerm = 15;
    private const int SigKill = 9;

    private readonly Process _process;

    private ChildProcess(Process process, Task<int> exited) => (_process, Exited) = (process, exited);

    public int Id => _process.Id;

    /// <summary>Its exit code, once it has ended and nothing is left of its group.</summary>
    public Task<int> Exited { get; }

    /// <exception cref="DistributedApplicationException">There is no such program.</exception>
    public static ChildProcess Start(
        string command, IEnumerable<string> args, string workingDirectory, IReadOnlyDictionary<string, string> environment, ILogger output)
    {
        var start = new ProcessStartInfo("setsid", [Find(command), .. args])
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        try
        {
            Directory.CreateDirectory(workingDirectory);
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return new ChildProcess(process, WaitAsync(process, PumpAsync(process.StandardOutput, output), PumpAsync(process.StandardError, output)));
        }
        catch (Win32Exception e)
        {
            throw new DistributedApplicationException($"'{command}' can't be started: {e.Message}", e);
        }
    }

    public async Task StopAsync(TimeSpan patience)
    {
        Signal(_process.Id, SigTerm);
        if (await Task.WhenAny(Exited, Task.Delay(patience)) != Exited)
        {
            Signal(_process.Id, SigKill);
        }

        await Exited;
    }

    /// <summary>Finds a program as a shell would.</summary>
    public static string? FindOnPath(string command) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Select(folder => Path.Combine(folder, command))
            .FirstOrDefault(File.Exists);

    private static string Find(string command) =>
        (command.Contains('/') ? Path.GetFullPath(command) : FindOnPath(command)) is { } path && File.Exists(path)
            ? path
            : throw new DistributedApplicationException($"There is no program '{command}'.");

    private static async Task<int> WaitAsync(Process process, Task output, Task errors)
    {
        await process.WaitForExitAsync();

        // What a child leaves behind would hold its ports and its output.
        Signal(process.Id, SigKill);
        await Task.WhenAny(Task.WhenAll(output, errors), Task.Delay(TimeSpan.FromSeconds(1)));
        return process.ExitCode;
    }

    private static async Task PumpAsync(StreamReader reader, ILogger output)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            LogLine(output, line);
        }
    }

    private static void Signal(int group, int signal) => _ = Kill(-group, signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);

    [LoggerMessage(LogLevel.Information, "{Line}")]
    private static partial void LogLine(ILogger output, string line);
}
