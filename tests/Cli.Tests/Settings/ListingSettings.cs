namespace FaultMaven.Cli.Tests.Settings;

public sealed class ListingSettings : IDisposable
{
    private readonly Fm _fm = new();

    [Fact]
    public async Task Says_where_a_value_comes_from_and_masks_secrets()
    {
        var result = await _fm.RunInBashAsync(
            $"RequestLimits__MaxRequests=900 Agent__Model__ApiKey=sk-made-up-for-this-test "
            + $"fm settings list --json --data-dir '{_fm.DataDirectory}'");

        var settings = result.Succeeded().Json.GetProperty("settings").EnumerateArray()
            .ToDictionary(setting => setting.GetProperty("key").GetString()!);
        var limit = settings["RequestLimits:MaxRequests"];
        Assert.Equal("900", limit.GetProperty("value").GetString());
        Assert.Equal("environment", limit.GetProperty("source").GetString());
        Assert.Equal("1000", limit.GetProperty("default_value").GetString());
        Assert.Equal("program", settings["Data:Directory"].GetProperty("source").GetString());
        Assert.Equal("default", settings["Agent:Turns:Parallel"].GetProperty("source").GetString());
        Assert.Equal("***", settings["Agent:Model:ApiKey"].GetProperty("value").GetString());
        Assert.DoesNotContain("made-up", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_value_ends_the_start_with_its_key()
    {
        var result = await _fm.RunInBashAsync($"RequestLimits__MaxRequests=0 fm settings list --data-dir '{_fm.DataDirectory}'");

        Assert.Contains("RequestLimits:MaxRequests", result.FailedWith(2), StringComparison.Ordinal);
    }

    public void Dispose() => _fm.Dispose();
}
