namespace FaultMaven.Cli.Tests;

public sealed class MiningTemplates : IDisposable
{
    private const string Log =
        """
        2026-03-11 14:00:01,120 INFO Connected to 10.1.2.3:5432 in 12 ms
        2026-03-11 14:00:02,480 INFO Connected to 10.1.2.9:5432 in 15 ms
        2026-03-11 14:00:03,001 WARN Cache is empty
        2026-03-11 14:00:04,700 INFO Connected to 10.1.7.3:5432 in 9 ms

        """;

    private readonly Fm _fm = new();

    [Fact]
    public async Task Gives_one_template_id_for_every_line()
    {
        var result = (await _fm.RunAsync("logs", "templates", _fm.File("app.log", Log), "--json")).Succeeded();

        var lines = result.Json.GetProperty("lines").EnumerateArray().Select(id => id.GetInt32()).ToList();
        Assert.Equal(4, lines.Count);
        Assert.Equal(lines[0], lines[1]);
        Assert.Equal(lines[0], lines[3]);
        Assert.NotEqual(lines[0], lines[2]);

        var template = result.Json.GetProperty("templates").EnumerateArray().Single(item => item.GetProperty("id").GetInt32() == lines[0]);
        Assert.Equal(3, template.GetProperty("count").GetInt32());
        Assert.StartsWith("Connected to <*>", template.GetProperty("template").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reads_bare_messages_from_standard_input()
    {
        var result = (await _fm.RunWithInputAsync("job 1 done\njob 2 done\n", "logs", "templates", "-", "--message-only", "--json"))
            .Succeeded();

        Assert.Equal(2, result.Json.GetProperty("lines").GetArrayLength());
        Assert.Equal(1, result.Json.GetProperty("templates").GetArrayLength());
    }

    [Fact]
    public async Task Of_an_empty_log_finds_none()
    {
        var result = (await _fm.RunAsync("logs", "templates", _fm.File("empty.log", ""), "--json")).Succeeded();

        Assert.Equal(0, result.Json.GetProperty("lines").GetArrayLength());
        Assert.Equal(0, result.Json.GetProperty("templates").GetArrayLength());
    }

    [Fact]
    public async Task Lists_the_most_frequent_first_for_people()
    {
        var result = (await _fm.RunAsync("logs", "templates", _fm.File("app.log", Log))).Succeeded();

        Assert.StartsWith("       3  Connected to", result.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _fm.Dispose();
}
