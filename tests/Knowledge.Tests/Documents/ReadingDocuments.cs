using FaultMaven.Knowledge.Tests.Hosting;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Knowledge.Tests.Documents;

public sealed class ReadingDocuments : IAsyncLifetime
{
    private KnowledgeHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await KnowledgeHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Lists_every_document_once_over_several_pages()
    {
        string[] paths = ["a.md", "b/a.md", "b/b.md", "c.md", "d.md"];
        await _host.ImportAsync([.. paths.Reverse().Select(path => (path, $"# {path}"))]);

        var seen = new List<Proto.Document>();
        var token = "";
        do
        {
            var page = await _host.Client.ListDocumentsAsync(new() { PageSize = 2, PageToken = token }, cancellationToken: Cancel);
            seen.AddRange(page.Documents);
            token = page.NextPageToken;
        }
        while (token.Length > 0);

        Assert.Equal(paths, seen.Select(document => document.Path));
        Assert.All(seen, document => Assert.Empty(document.Text));
    }

    [Fact]
    public async Task Continues_behind_the_last_page_when_documents_come_and_go()
    {
        await _host.ImportAsync(("a.md", "# A"), ("c.md", "# C"), ("e.md", "# E"));
        var first = await _host.Client.ListDocumentsAsync(new() { PageSize = 2 }, cancellationToken: Cancel);

        await _host.Client.DeleteDocumentAsync(new() { Name = first.Documents[0].Name }, cancellationToken: Cancel);
        await _host.ImportAsync(("b.md", "# B"), ("d.md", "# D"));
        var second = await _host.Client.ListDocumentsAsync(new() { PageSize = 2, PageToken = first.NextPageToken },
            cancellationToken: Cancel);

        Assert.Equal(["d.md", "e.md"], second.Documents.Select(document => document.Path));
        Assert.Empty(second.NextPageToken);
    }

    [Theory]
    [InlineData("path = \"ops/*\"", "ops/a.md ops/b.md")]
    [InlineData("title:quince AND NOT path = \"ops/*\"", "c.md")]
    [InlineData("update_time < 2000-01-01T00:00:00Z", "")]
    public async Task Lists_what_a_filter_matches(string filter, string paths)
    {
        await _host.ImportAsync(("ops/a.md", "# Medlar"), ("ops/b.md", "# Quince"), ("c.md", "# Quince tree"), ("d.md", "# Pear"));

        var list = await _host.Client.ListDocumentsAsync(new() { Filter = filter }, cancellationToken: Cancel);

        Assert.Equal(paths, string.Join(' ', list.Documents.Select(document => document.Path)));
    }

    [Theory]
    [InlineData(-1, "")]
    [InlineData(0, "not a token")]
    public async Task Refuses_a_page_that_cannot_be(int size, string token)
    {
        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await _host.Client.ListDocumentsAsync(new() { PageSize = size, PageToken = token }, cancellationToken: Cancel));

        Assert.Equal(StatusCode.InvalidArgument, fault.StatusCode);
    }

    [Fact]
    public async Task Says_that_an_unknown_document_is_not_found()
    {
        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await _host.Client.GetDocumentAsync(new() { Name = "documents/00000000000000000000" }, cancellationToken: Cancel));

        Assert.Equal((StatusCode.NotFound, ErrorReason.DocumentNotFound), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("documents/")]
    [InlineData("cases/1")]
    [InlineData("documents/../x")]
    public async Task Refuses_what_is_not_a_name(string name)
    {
        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await _host.Client.GetDocumentAsync(new() { Name = name }, cancellationToken: Cancel));

        Assert.Equal(ErrorReason.InvalidField, RpcFault.ReasonOf(fault));
    }

    [Fact]
    public async Task Never_finds_a_deleted_document_again()
    {
        var results = await _host.ImportAsync(("a.md", "# Quince jam"), ("b.md", "# Quince tree"));
        await _host.Client.DeleteDocumentAsync(new() { Name = results[0].Document.Name }, cancellationToken: Cancel);

        var found = await _host.SearchAsync("quince");
        var list = await _host.Client.ListDocumentsAsync(new(), cancellationToken: Cancel);

        Assert.Equal(["b.md"], found.Hits.Select(hit => hit.Path));
        Assert.Equal(["b.md"], list.Documents.Select(document => document.Path));
    }

    [Fact]
    public async Task Says_that_nothing_was_deleted_unless_that_is_allowed()
    {
        const string Missing = "documents/00000000000000000000";

        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await _host.Client.DeleteDocumentAsync(new() { Name = Missing }, cancellationToken: Cancel));
        await _host.Client.DeleteDocumentAsync(new() { Name = Missing, AllowMissing = true }, cancellationToken: Cancel);

        Assert.Equal((StatusCode.NotFound, ErrorReason.DocumentNotFound), (fault.StatusCode, RpcFault.ReasonOf(fault)));
    }

    [Fact]
    public async Task Deletes_only_the_text_that_the_caller_saw()
    {
        var seen = (await _host.ImportAsync(("a.md", "# Quince")))[0].Document;
        await _host.ImportAsync(("a.md", "# Medlar"));

        var fault = await Assert.ThrowsAsync<RpcException>(
            async () => await _host.Client.DeleteDocumentAsync(new() { Name = seen.Name, Etag = seen.Etag }, cancellationToken: Cancel));
        var current = await _host.Client.GetDocumentAsync(new() { Name = seen.Name }, cancellationToken: Cancel);
        await _host.Client.DeleteDocumentAsync(new() { Name = seen.Name, Etag = current.Etag }, cancellationToken: Cancel);

        Assert.Equal((StatusCode.Aborted, ErrorReason.EtagMismatch), (fault.StatusCode, RpcFault.ReasonOf(fault)));
        Assert.Equal("# Medlar", current.Text);
    }
}
