using System.Text.Json;
using FaultMaven.Cli.CaseEvidence;
using FaultMaven.Cli.Terminal;
using FaultMaven.Client;
using FaultMaven.Protos.Session.V1;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using Google.Rpc;

namespace FaultMaven.Cli.Tenants;

/// <summary>
/// Writes what a tenant has. JSON is that of the API, one resource on a line: <c>cases.jsonl</c>, for each case a folder with
/// <c>events</c>, <c>messages</c>, <c>turns</c> and <c>evidence</c> and the texts in <c>evidence/</c>, and <c>documents</c>,
/// <c>redaction-policies</c> and <c>api-keys</c>. <c>export.json</c> comes last; without it the export is not complete.
/// </summary>
internal sealed class TenantExport(FaultMavenClient client, DirectoryInfo folder)
{
    private const int PageSize = 200;

    private static readonly JsonFormatter s_json = new(
        JsonFormatter.Settings.Default.WithTypeRegistry(TypeRegistry.FromFiles(ErrorDetailsReflection.Descriptor)));

    /// <summary>How many cases were written.</summary>
    public int Cases { get; private set; }

    /// <summary>How much evidence was written.</summary>
    public int Evidence { get; private set; }

    /// <summary>How many documents were written.</summary>
    public int Documents { get; private set; }

    /// <summary>Writes it.</summary>
    public async Task RunAsync(IProgressDisplay display, CancellationToken cancellationToken)
    {
        MakeFolder(folder.FullName);
        var cases = await WriteAsync("cases.jsonl", async token =>
        {
            var page = await client.Sessions.ListCasesAsync(
                new() { PageSize = PageSize, PageToken = token }, cancellationToken: cancellationToken);
            return (page.Cases, page.NextPageToken);
        });
        foreach (var found in cases)
        {
            Cases++;
            display.Show($"Case {Cases:N0} of {cases.Count:N0}: {found.Title}");
            await WriteCaseAsync(found, cancellationToken);
        }

        display.Show("Documents, policies and keys");
        await WriteDocumentsAsync(cancellationToken);
        await WriteAsync("redaction-policies.jsonl", async token =>
        {
            var page = await client.RedactionPolicies.ListRedactionPoliciesAsync(
                new() { PageToken = token }, cancellationToken: cancellationToken);
            return (page.RedactionPolicies, page.NextPageToken);
        });
        await WriteAsync("api-keys.jsonl", async token =>
        {
            var page = await client.ApiKeys.ListApiKeysAsync(new() { PageToken = token }, cancellationToken: cancellationToken);
            return (page.ApiKeys, page.NextPageToken);
        });

        await using var summary = Open("export.json");
        await summary.WriteLineAsync(JsonSerializer.Serialize(new { cases = Cases, evidence = Evidence, documents = Documents }));
    }

    private async Task WriteCaseAsync(Case found, CancellationToken cancellationToken)
    {
        // cases/0198c1e2: the names of the API are paths.
        MakeFolder(Path.Combine(folder.FullName, found.Name, "evidence"));
        await WriteAsync($"{found.Name}/events.jsonl", async token =>
        {
            var page = await client.Sessions.ListCaseEventsAsync(
                new() { Parent = found.Name, PageToken = token }, cancellationToken: cancellationToken);
            return (page.Events, page.NextPageToken);
        });
        await WriteAsync($"{found.Name}/messages.jsonl", async token =>
        {
            var page = await client.Sessions.ListMessagesAsync(
                new() { Parent = found.Name, PageToken = token }, cancellationToken: cancellationToken);
            return (page.Messages, page.NextPageToken);
        });
        await WriteAsync($"{found.Name}/turns.jsonl", async token =>
        {
            var page = await client.Agent.ListTurnsAsync(
                new() { Parent = found.Name, PageToken = token }, cancellationToken: cancellationToken);
            return (page.Turns, page.NextPageToken);
        });
        var evidence = await WriteAsync($"{found.Name}/evidence.jsonl", async token =>
        {
            var page = await client.Data.ListEvidenceAsync(
                new() { Parent = found.Name, PageSize = PageSize, PageToken = token }, cancellationToken: cancellationToken);
            return (page.Evidence, page.NextPageToken);
        });
        Evidence += evidence.Count;

        // An archive is listed beside its files and has no text.
        foreach (var item in evidence.Where(item => item.LineCount > 0))
        {
            await using var text = Open($"{item.Name}.txt");
            await foreach (var line in StoredLines.ReadAsync(client.Data, item.Name, 1, long.MaxValue, cancellationToken))
            {
                await text.WriteAsync(line.AsMemory(), cancellationToken);
                await text.WriteAsync('\n');
            }
        }
    }

    private async Task WriteDocumentsAsync(CancellationToken cancellationToken)
    {
        await using var file = Open("documents.jsonl");
        var token = "";
        do
        {
            var page = await client.Knowledge.ListDocumentsAsync(new() { PageToken = token }, cancellationToken: cancellationToken);
            foreach (var listed in page.Documents)
            {
                // Lists leave the text out.
                var document = await client.Knowledge.GetDocumentAsync(new() { Name = listed.Name }, cancellationToken: cancellationToken);
                await file.WriteLineAsync(s_json.Format(document).AsMemory(), cancellationToken);
                Documents++;
            }

            token = page.NextPageToken;
        }
        while (token.Length > 0);
    }

    private async Task<IReadOnlyList<T>> WriteAsync<T>(string path, Func<string, Task<(RepeatedField<T> Items, string Next)>> list)
        where T : IMessage
    {
        await using var file = Open(path);
        var all = new List<T>();
        var token = "";
        do
        {
            (var items, token) = await list(token);
            foreach (var item in items)
            {
                await file.WriteLineAsync(s_json.Format(item));
            }

            all.AddRange(items);
        }
        while (token.Length > 0);
        return all;
    }

    private StreamWriter Open(string path) => new(Path.Combine(folder.FullName, path));

    // For the owner alone, and with it what is in it.
    private static void MakeFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
