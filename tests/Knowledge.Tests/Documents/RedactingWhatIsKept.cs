using System.Text;
using FaultMaven.Knowledge.Tests.Hosting;
using FaultMaven.Tests.Shared;
using Google.Protobuf;

namespace FaultMaven.Knowledge.Tests.Documents;

/// <summary>With the real Redaction service.</summary>
public sealed class RedactingWhatIsKept
{
    private const string Password = "Zt7-made-up-91";
    private const string Address = "ada@example.com";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Keeps_no_secret_in_any_stored_byte_or_answer()
    {
        await using var host = await FaultMavenHost.StartAsync(Cancel);
        var client = new Proto.KnowledgeService.KnowledgeServiceClient(host.Channel);
        var text = $"# Gateway login\n\nSign in to the payment gateway as {Address} with password={Password} and restart it.\n";
        var import = new Proto.BatchImportDocumentsRequest
        {
            Documents = { new Proto.DocumentSource { Path = $"people/{Address}/gateway.md", Content = ByteString.CopyFromUtf8(text) } },
        };

        var imported = await client.BatchImportDocumentsAsync(import, cancellationToken: Cancel);
        var found = await client.SearchDocumentsAsync(new() { Query = $"{Address} cannot sign in to the payment gateway" },
            cancellationToken: Cancel);
        var document = await client.GetDocumentAsync(new() { Name = imported.Results[0].Document.Name }, cancellationToken: Cancel);

        var answers = $"{imported.Results[0].Document} {found} {document}";
        var files = StoredFiles.Read(Path.Combine(host.DataDirectory, "knowledge"));
        Assert.True(found.Answered);
        Assert.Contains("<EMAIL_ADDRESS_", found.Hits[0].Text, StringComparison.Ordinal);
        Assert.NotEmpty(files);
        foreach (var secret in (string[])[Password, Address])
        {
            Assert.DoesNotContain(secret, answers, StringComparison.Ordinal);
            Assert.All(files, file => Assert.True(file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(secret)) < 0));
        }
    }
}
