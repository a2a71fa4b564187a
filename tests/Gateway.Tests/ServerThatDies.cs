using System.Diagnostics;
using FaultMaven.Client;
using FaultMaven.Protos.Session.V1;
using FaultMaven.Tests.Shared;

namespace FaultMaven.Gateway.Tests;

/// <summary>The services in a process that can be killed, with a case in them.</summary>
internal sealed class ServerThatDies : IAsyncDisposable
{
    private readonly Process _process;
    private readonly DirectoryInfo _directory;
    private readonly Task<string> _log;

    private ServerThatDies(Process process, DirectoryInfo directory, Task<string> log, string address, string name)
    {
        _process = process;
        _directory = directory;
        _log = log;
        Address = address;
        Case = name;
    }

    public string Address { get; }

    public string Case { get; }

    public static async Task<ServerThatDies> StartAsync(CancellationToken cancellationToken)
    {
        var directory = Directory.CreateTempSubdirectory("fm-test-");
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "FaultMaven.Standalone.dll"),
                "--DataDirectory", directory.FullName,
                "--Address", "http://127.0.0.1:0",
            },
        };
        foreach (var (key, value) in TestIdentity.Settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = Process.Start(start)!;
        var address = "";
        while (await process.StandardError.ReadLineAsync(cancellationToken) is { } line)
        {
            const string Listening = "Now listening on: http://127";
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var found)
            {
                address = line[(found + Listening.Length - "http://127".Length)..].Trim();
            }

            if (line.Contains("Application started", StringComparison.Ordinal))
            {
                break;
            }
        }

        var token = await File.ReadAllTextAsync(Path.Combine(directory.FullName, "token"), cancellationToken);
        using var client = new FaultMavenClient(
            new FaultMavenClientOptions { Address = new Uri(address), TokenProvider = _ => new(token) });
        var opened = await client.Sessions.CreateCaseAsync(
            new CreateCaseRequest { Title = "Disk full" }, cancellationToken: cancellationToken);
        return new ServerThatDies(process, directory, process.StandardError.ReadToEndAsync(CancellationToken.None), address, opened.Name);
    }

    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        await _log;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
        _directory.Delete(recursive: true);
    }
}
