namespace FaultMaven.Cli.Tests;

public sealed class UsingKeys : IDisposable
{
    private readonly Fm _fm = new();

    [Fact]
    public async Task Makes_lists_rotates_and_revokes_keys_in_the_data_folder()
    {
        var made = (await _fm.RunAsync("key", "create", "deploy-bot", "--role", "viewer", "--scope", "cases")).Succeeded().Output.Trim();
        var id = made.Split('_')[1];
        var rotated = (await _fm.RunAsync("key", "rotate", id, "--grace", "2h")).Succeeded().Output.Trim();
        (await _fm.RunAsync("key", "revoke", $"apiKeys/{id}")).Succeeded();
        var shown = (await _fm.RunAsync("key", "show", id, "--json")).Succeeded();
        var listed = (await _fm.RunAsync("key", "list")).Succeeded();

        Assert.NotEqual(made, rotated);
        Assert.Equal("revoked", shown.Json.GetProperty("state").GetString());
        Assert.Equal(["viewer"], shown.Json.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.Equal(["cases"], shown.Json.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.Contains("deploy-bot", listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(rotated, shown.Output + listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refuses_what_is_no_key_without_repeating_it()
    {
        var result = await _fm.RunAsync("key", "revoke", "fmk_made-up_Secret");

        Assert.DoesNotContain("Secret", result.FailedWith(2), StringComparison.Ordinal);
        (await _fm.RunAsync("key", "show", "0123456789abcdef")).FailedWith(5);
        (await _fm.RunAsync("key", "create", "x", "--role", "owner")).FailedWith(2);
        (await _fm.RunAsync("key", "create", "x", "--expires-in", "soon")).FailedWith(2);
        (await _fm.RunAsync("key", "create", "x", "--expires-in", "91d")).FailedWith(5);
    }

    public void Dispose() => _fm.Dispose();
}
