using FaultMaven.Knowledge.Tests.Hosting;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf;
using Grpc.Core;
using static FaultMaven.Protos.Knowledge.V1.ImportResult.Types;

namespace FaultMaven.Knowledge.Tests.Documents;

public sealed class ImportingDocuments : IAsyncLifetime
{
    private KnowledgeHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await KnowledgeHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Creates_a_document_that_can_be_read_back()
    {
        const string text = "---\ntitle: Disk is full\n---\n\n# Ignored\n\nDelete old logs.\n";

        var result = Assert.Single(await _host.ImportAsync(("ops/disk.md", text)));
        var document = await _host.Client.GetDocumentAsync(new() { Name = result.Document.Name }, cancellationToken: Cancel);

        Assert.Equal(Outcome.Created, result.Outcome);
        Assert.Matches("^documents/[a-z0-9-]+$", document.Name);
        Assert.Equal(("ops/disk.md", "Disk is full", text, 1), (document.Path, document.Title, document.Text, document.ChunkCount));
        Assert.Empty(result.Document.Text);
    }

    [Fact]
    public async Task Leaves_the_same_content_alone()
    {
        var first = await _host.ImportAsync(("a.md", "# Same"));
        var second = await _host.ImportAsync(("a.md", "# Same"));

        Assert.Equal(Outcome.Unchanged, Assert.Single(second).Outcome);
        Assert.Equal(first[0].Document, second[0].Document);
    }

    [Fact]
    public async Task Replaces_changed_content_under_the_same_name()
    {
        var first = await _host.ImportAsync(("a.md", "# Broker\n\nRestart the broker with elderberry."));
        var second = await _host.ImportAsync(("a.md", "# Broker\n\nRestart the broker with gooseberry."));

        Assert.Equal(Outcome.Updated, second[0].Outcome);
        Assert.Equal(first[0].Document.Name, second[0].Document.Name);
        Assert.Empty((await _host.SearchAsync("elderberry")).Hits);
        Assert.Contains("gooseberry", Assert.Single((await _host.SearchAsync("gooseberry")).Hits).Text);
    }

    [Theory]
    [InlineData("../up.md", "x", "relative")]
    [InlineData("/etc/passwd.md", "x", "relative")]
    [InlineData("a//b.md", "x", "relative")]
    [InlineData("a\\b.md", "x", "relative")]
    [InlineData("c:/b.md", "x", "relative")]
    [InlineData("a\nb.md", "x", "control")]
    [InlineData("", "x", "1 to 1024")]
    [InlineData("photo.png", "x", "Markdown")]
    [InlineData("blank.md", " \n\t\n", "empty")]
    [InlineData("nul.txt", "a\0b", "NUL")]
    public async Task Refuses_one_item_and_stores_the_others(string path, string text, string why)
    {
        var results = await _host.ImportAsync(("good.md", "# Good"), (path, text), ("also.txt", "fine"));

        Assert.Equal([Outcome.Created, Outcome.Unspecified, Outcome.Created], results.Select(r => r.Outcome));
        Assert.Contains(why, results[1].Error.Message);
        Assert.Equal((int)StatusCode.InvalidArgument, results[1].Error.Code);
        Assert.Equal(path, results[1].Path);
        Assert.Null(results[1].Document);
    }

    [Fact]
    public async Task Refuses_what_is_not_utf8()
    {
        var request = new Proto.BatchImportDocumentsRequest
        {
            Documents = { new Proto.DocumentSource { Path = "latin.txt", Content = ByteString.CopyFrom(0x63, 0x61, 0x66, 0xe9) } },
        };

        var response = await _host.Client.BatchImportDocumentsAsync(request, cancellationToken: Cancel);

        Assert.Contains("UTF-8", Assert.Single(response.Results).Error.Message);
    }

    [Fact]
    public async Task Replaces_only_the_text_that_the_caller_saw()
    {
        var first = (await _host.ImportAsync(("a.md", "# One")))[0].Document;
        await _host.ImportAsync(("a.md", "# Two"));
        var request = new Proto.BatchImportDocumentsRequest
        {
            Documents = { new Proto.DocumentSource { Path = "a.md", Content = ByteString.CopyFromUtf8("# Three"), Etag = first.Etag } },
        };

        var stale = Assert.Single((await _host.Client.BatchImportDocumentsAsync(request, cancellationToken: Cancel)).Results);
        var current = await _host.Client.GetDocumentAsync(new() { Name = first.Name }, cancellationToken: Cancel);
        request.Documents[0].Etag = current.Etag;
        var fresh = Assert.Single((await _host.Client.BatchImportDocumentsAsync(request, cancellationToken: Cancel)).Results);

        Assert.Equal((int)StatusCode.Aborted, stale.Error.Code);
        Assert.Equal("# Two", current.Text);
        Assert.Equal((Outcome.Updated, null), (fresh.Outcome, fresh.Error));
    }

    [Fact]
    public async Task Takes_off_a_byte_order_mark()
    {
        var result = await _host.ImportAsync(("bom.md", "\ufeff# Titled"));

        Assert.Equal("Titled", result[0].Document.Title);
    }

    [Fact]
    public async Task Stores_nothing_while_redaction_is_down()
    {
        _host.Redaction.IsDown = true;

        var fault = await Assert.ThrowsAsync<RpcException>(() => _host.ImportAsync(("a.md", "# A")));
        var list = await _host.Client.ListDocumentsAsync(new(), cancellationToken: Cancel);

        Assert.Equal((StatusCode.Unavailable, ErrorReason.RedactionUnavailable), (fault.StatusCode, RpcFault.ReasonOf(fault)));
        Assert.Empty(list.Documents);
    }

    [Fact]
    public async Task Keeps_no_secret_in_any_stored_byte_or_answer()
    {
        await _host.ImportAsync(("team-hush-path/keys.md", "# Keys of hush-title\n\nThe password is hush-body for the payment gateway."));

        var found = await _host.SearchAsync("password of the payment gateway hush-body");
        var stored = StoredFiles.Read(_host.Folder);

        Assert.Contains("<SECRET_", Assert.Single(found.Hits).Text);
        Assert.DoesNotContain("hush-", found.ToString());
        Assert.Contains(stored, bytes => bytes.AsSpan().IndexOf("payment gateway"u8) >= 0);
        Assert.DoesNotContain(stored, bytes => bytes.AsSpan().IndexOf("hush-"u8) >= 0);
    }

    [Fact]
    public async Task Splits_a_batch_to_fit_what_redaction_takes()
    {
        var line = new string('x', 1023) + "\n";
        var text = string.Concat(Enumerable.Repeat(line, 1_000));

        var results = await _host.ImportAsync(("a.txt", text), ("b.txt", text), ("c.txt", text));

        Assert.All(results, result => Assert.Equal(Outcome.Created, result.Outcome));
    }

    [Fact]
    public async Task Refuses_a_batch_over_the_limits()
    {
        var many = Enumerable.Range(0, 101).Select(i => ($"{i}.md", "# A")).ToArray();
        var large = ("large.txt", new string('x', (3 * 1024 * 1024) + 1));

        var tooMany = await Assert.ThrowsAsync<RpcException>(() => _host.ImportAsync(many));
        var tooLarge = await Assert.ThrowsAsync<RpcException>(() => _host.ImportAsync(large));

        Assert.Equal(ErrorReason.InvalidField, RpcFault.ReasonOf(tooMany));
        Assert.Equal(ErrorReason.TooLarge, RpcFault.ReasonOf(tooLarge));
    }
}
