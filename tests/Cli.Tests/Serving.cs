using System.Text.RegularExpressions;

namespace FaultMaven.Cli.Tests;

public sealed partial class Serving : IDisposable
{
    private readonly Fm _fm = new();

    [Fact]
    public async Task Answers_commands_that_name_the_server()
    {
        var (server, url) = await ServeAsync();

        var redacted = (await _fm.RunWithInputAsync("ann@example.org", "redact", "--server", url)).Succeeded();
        var log = _fm.File("app.log", "2026-03-11T14:00:01Z ERROR disk full\n");
        var investigated = (await _fm.RunAsync("investigate", log, "--json", "--server", url)).Succeeded();
        var listed = (await _fm.RunAsync("case", "list", "--server", url)).Succeeded();

        Assert.StartsWith("<EMAIL_ADDRESS_1>", redacted.Output, StringComparison.Ordinal);
        Assert.StartsWith(investigated.Json.GetProperty("case").GetString()!, listed.Output, StringComparison.Ordinal);
        await server.InterruptAsync();
        (await server.EndAsync()).Succeeded();
    }

    [Fact]
    public async Task Answers_commands_that_name_its_data_folder()
    {
        var (server, _) = await ServeAsync();

        (await _fm.RunAsync("case", "list", "--data-dir", _fm.DataDirectory)).Succeeded();

        await server.InterruptAsync();
        (await server.EndAsync()).Succeeded();
    }

    [Fact]
    public async Task Leaves_no_socket_behind_on_interruption()
    {
        var (server, _) = await ServeAsync();

        await server.InterruptAsync();

        (await server.EndAsync()).Succeeded();
        Assert.False(File.Exists(Path.Combine(_fm.DataDirectory, "fm.sock")));
    }

    [Fact]
    public async Task Refuses_a_data_folder_that_is_being_served()
    {
        await ServeAsync();

        var second = await _fm.RunAsync("serve", "--data-dir", _fm.DataDirectory);

        Assert.Contains("using", second.FailedWith(4), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_a_port_that_is_taken_in_one_sentence()
    {
        var (_, url) = await ServeAsync();

        var second = await _fm.RunAsync("serve", "--listen", url, "--data-dir", Path.Combine(_fm.DataDirectory, "other"));

        Assert.Contains("--listen", second.FailedWith(4), StringComparison.Ordinal);
        Assert.Single(second.Error.Trim().Split('\n'));
    }

    [Fact]
    public async Task Refuses_an_address_that_other_machines_reach()
    {
        var result = await _fm.RunAsync("serve", "--listen", "http://0.0.0.0:0");

        Assert.Contains("--allow-remote", result.FailedWith(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warns_where_other_machines_may_reach_it()
    {
        var server = _fm.Start("serve", "--listen", "http://0.0.0.0:0", "--allow-remote", "--data-dir", _fm.DataDirectory);

        await server.ErrorLineAsync(line => line.StartsWith("Warning:", StringComparison.Ordinal));
        await server.ErrorLineAsync(line => line.Contains("Ctrl-C", StringComparison.Ordinal));

        await server.InterruptAsync();
        (await server.EndAsync()).Succeeded();
    }

    public void Dispose() => _fm.Dispose();

    private async Task<(FmProcess Server, string Url)> ServeAsync()
    {
        var server = _fm.Start("serve", "--listen", "http://127.0.0.1:0", "--data-dir", _fm.DataDirectory);
        var line = await server.ErrorLineAsync(line => Address().IsMatch(line));
        return (server, Address().Match(line).Groups["url"].Value);
    }

    // FaultMaven serves gRPC and JSON on http://127.0.0.1:7080
    [GeneratedRegex(@"JSON on (?<url>http://127\.0\.0\.1:[1-9]\d*)")]
    private static partial Regex Address();
}
