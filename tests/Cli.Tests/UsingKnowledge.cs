namespace FaultMaven.Cli.Tests;

public sealed class UsingKnowledge : IDisposable
{
    private readonly Fm _fm = new();

    public UsingKnowledge()
    {
        _fm.File(
            "docs/databases/pool.md",
            "# Connection pool exhausted\n\nRaise the pool size of the service and look for connections that leak.\n");
        _fm.File("docs/disks.md", "# Disk full\n\nDelete old images, then enlarge the volume.\n");
        _fm.File("docs/picture.png", "not a document");
    }

    [Fact]
    public async Task Imports_the_documents_below_a_folder_and_finds_them()
    {
        var imported = (await _fm.RunAsync("knowledge", "import", "docs")).Succeeded();
        Assert.StartsWith("2 documents: 2 new", imported.Output, StringComparison.Ordinal);

        var found = (await _fm.RunAsync("knowledge", "search", "connection", "pool", "exhausted", "--json")).Succeeded();

        Assert.True(found.Json.GetProperty("answered").GetBoolean());
        Assert.Equal("databases/pool.md", found.Json.GetProperty("hits")[0].GetProperty("document").GetString());
    }

    [Fact]
    public async Task Answers_many_queries_in_order()
    {
        (await _fm.RunAsync("knowledge", "import", "docs")).Succeeded();
        const string Queries =
            """
            {"id": "q1", "query": "disk full"}
            {"id": 2, "query": "connection pool"}
            {"id": "q3", "query": "zebra crossing"}
            """;

        var answers = (await _fm.RunWithInputAsync(Queries, "knowledge", "search", "--jsonl")).Succeeded().JsonLines;

        Assert.Equal(["\"q1\"", "2", "\"q3\""], answers.Select(answer => answer.GetProperty("id").GetRawText()));
        Assert.Equal("disks.md", answers[0].GetProperty("hits")[0].GetProperty("document").GetString());
        Assert.Equal("databases/pool.md", answers[1].GetProperty("hits")[0].GetProperty("document").GetString());
        Assert.False(answers[2].GetProperty("answered").GetBoolean());
    }

    [Fact]
    public async Task Importing_the_same_again_changes_nothing()
    {
        (await _fm.RunAsync("knowledge", "import", "docs")).Succeeded();

        var again = (await _fm.RunAsync("knowledge", "import", "docs")).Succeeded();

        Assert.StartsWith("2 documents: 0 new, 0 changed, 2 unchanged", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Imports_a_single_document()
    {
        var imported = (await _fm.RunAsync("knowledge", "import", "docs/disks.md")).Succeeded();

        Assert.StartsWith("1 document: 1 new", imported.Output, StringComparison.Ordinal);
    }

    public void Dispose() => _fm.Dispose();
}
