using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace FaultMaven.Cli.Tests;

public sealed partial class Serving : IDisposable
{
    private readonly Fm _fm = new();

    private string Folder => Path.Combine(_fm.DataDirectory, "faultmaven");

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
    public async Task Lets_an_administrator_break_the_glass_only_if_it_is_set()
    {
        var (_, closed) = await ServeAsync();
        const string Glass = "acme: their export hangs, ticket 4711";

        var refused = await _fm.RunAsync("case", "list", "--server", closed, "--break-glass", Glass);

        Assert.Contains("Identity:BreakGlass", refused.FailedWith(5), StringComparison.Ordinal);
        (await _fm.RunAsync("case", "list", "--break-glass", Glass)).FailedWith(2);
        (await _fm.RunAsync("case", "list", "--server", closed, "--break-glass", "acme")).FailedWith(2);
    }

    [Fact]
    public async Task Answers_commands_that_name_its_data_folder()
    {
        var (server, _) = await ServeAsync();

        (await _fm.RunAsync("case", "list", "--data-dir", Folder)).Succeeded();

        await server.InterruptAsync();
        (await server.EndAsync()).Succeeded();
    }

    [Fact]
    public async Task Leaves_no_socket_behind_on_interruption()
    {
        var (server, _) = await ServeAsync();

        await server.InterruptAsync();

        (await server.EndAsync()).Succeeded();
        Assert.False(File.Exists(Path.Combine(Folder, "fm.sock")));
    }

    [Fact]
    public async Task Refuses_a_data_folder_that_is_being_served()
    {
        await ServeAsync();

        var second = await _fm.RunAsync("serve", "--data-dir", Folder);

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
    public async Task Refuses_an_address_that_other_machines_reach_unless_it_is_known_who_calls()
    {
        var result = await _fm.RunAsync("serve", "--listen", "http://0.0.0.0:0", "--data-dir", _fm.DataDirectory);

        Assert.Contains("Identity__Authority", result.FailedWith(2), StringComparison.Ordinal);
        Assert.Single(result.Error.Trim().Split('\n'));
    }

    [Fact]
    public async Task Prints_the_token_that_other_programs_need()
    {
        var (_, url) = await ServeAsync();

        var token = (await _fm.RunAsync("token", "--data-dir", Folder)).Succeeded().Output.Trim();

        using var http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = new Uri(url) };
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri("/v1/cases", UriKind.Relative))).StatusCode);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/v1/cases", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task Is_called_with_the_token_of_its_data_folder_wherever_that_is()
    {
        var (server, url) = await ServeAsync("other");
        await ServeAsync();

        (await _fm.RunAsync("case", "list", "--server", url)).Succeeded();

        await server.InterruptAsync();
        (await server.EndAsync()).Succeeded();
        Assert.False(File.Exists(Path.Combine(Folder, "servers", $"{new Uri(url).Port}")));
    }

    [Fact]
    public async Task Takes_calls_of_other_machines_once_there_is_a_key()
    {
        var key = (await _fm.RunAsync("key", "create", "laptop", "--data-dir", Folder)).Succeeded().Output.Trim();
        var server = _fm.Start("serve", "--listen", "http://0.0.0.0:0", "--data-dir", Folder);
        var line = await server.ErrorLineAsync(line => AnyAddress().IsMatch(line));

        using var http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true)
        {
            BaseAddress = new Uri($"http://127.0.0.1:{AnyAddress().Match(line).Groups["port"].Value}"),
            DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", key) },
        };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri("/v1/cases", UriKind.Relative))).StatusCode);
        await server.InterruptAsync();
        (await server.EndAsync()).Succeeded();

        (await _fm.RunAsync("key", "revoke", key.Split('_')[1], "--data-dir", Folder)).Succeeded();
        var refused = (await _fm.RunAsync("serve", "--listen", "http://0.0.0.0:0", "--data-dir", Folder)).FailedWith(2);
        Assert.Contains("fm key create", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_https_without_a_certificate()
    {
        var result = await _fm.RunAsync("serve", "--listen", "https://127.0.0.1:0", "--data-dir", Folder);

        Assert.Contains("Kestrel__Certificates__Default__Path", result.FailedWith(2), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_what_to_do_where_there_is_no_token_or_a_wrong_one()
    {
        var (_, url) = await ServeAsync();
        File.Delete(Path.Combine(Folder, "servers", $"{new Uri(url).Port}"));
        File.Delete(Path.Combine(Folder, "token"));

        var none = await _fm.RunAsync("case", "list", "--server", url);
        var noServer = await _fm.RunAsync("token");

        Assert.Contains("FAULTMAVEN_TOKEN", none.FailedWith(5), StringComparison.Ordinal);
        Assert.Contains("fm serve", noServer.FailedWith(3), StringComparison.Ordinal);
    }

    public void Dispose() => _fm.Dispose();

    // In the folder that is used where none is named, so that fm finds its token.
    private async Task<(FmProcess Server, string Url)> ServeAsync(string folder = "faultmaven")
    {
        var server = _fm.Start("serve", "--listen", "http://127.0.0.1:0", "--data-dir", Path.Combine(_fm.DataDirectory, folder));
        var line = await server.ErrorLineAsync(line => Address().IsMatch(line));
        return (server, Address().Match(line).Groups["url"].Value);
    }

    [GeneratedRegex(@"JSON on http://0\.0\.0\.0:(?<port>[1-9]\d*)")]
    private static partial Regex AnyAddress();

    // FaultMaven serves gRPC and JSON on http://127.0.0.1:7080
    [GeneratedRegex(@"JSON on (?<url>http://127\.0\.0\.1:[1-9]\d*)")]
    private static partial Regex Address();
}
