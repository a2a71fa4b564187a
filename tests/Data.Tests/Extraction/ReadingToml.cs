using FaultMaven.Data.Analysis.Documents.Changes;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Tests.Extraction;

public sealed class ReadingToml
{
    private const string Settings =
        """
        title = "shop" # a comment

        [pool]
        hosts = [
          "db-1",
          "db-2",
        ]
        limits = { max = 40, idle.seconds = 30 }
        query = '''
        SELECT 1
        FROM x'''

        [[server]]
        name = "web"
        port = 8080

        [[server]]
        port = 9090
        [server.tls]
        enabled = true
        """;

    [Fact]
    public void Gives_arrays_tables_and_long_strings_their_names_and_lines()
    {
        var read = SettingTree.Read(new SourceText(Settings), TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "title=shop at 1-1",
                "pool.hosts[0]=db-1 at 5-5",
                "pool.hosts[1]=db-2 at 6-6",
                "pool.limits.max=40 at 8-8",
                "pool.limits.idle.seconds=30 at 8-8",
                "pool.query=SELECT 1⏎FROM x at 9-11",
                "server[web].name=web at 14-14",
                "server[web].port=8080 at 15-15",
                "server[1].port=9090 at 18-18",
                "server[1].tls.enabled=true at 20-20",
            ],
            read.Select(setting =>
                $"{setting.Key}={setting.Value.Value.Replace('\n', '⏎')} at {setting.Value.At.First}-{setting.Value.At.Last}"));
    }

    [Fact]
    public void Reads_what_is_not_valid_TOML_line_by_line()
    {
        var read = SettingTree.Read(new SourceText("[pool]\nsize = large\nhosts = [\"db-1\"]"), TestContext.Current.CancellationToken);

        Assert.Equal("large", read["pool.size"].Value);
    }

    [Theory]
    [InlineData(@"a = ""\uD800""")]
    [InlineData(@"a = ""\U00110000""")]
    public void Refuses_escapes_that_are_not_characters(string text) =>
        Assert.Null(TomlSettings.TryRead(new SourceText(text), TestContext.Current.CancellationToken));

    [Fact]
    public void Refuses_to_go_down_without_end()
    {
        var text = $"a = {new string('[', 100_000)}";

        Assert.Null(TomlSettings.TryRead(new SourceText(text), TestContext.Current.CancellationToken));
    }
}
