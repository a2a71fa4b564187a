using System.Security.Cryptography;
using System.Text;
using FaultMaven.Knowledge.Chunks;
using FaultMaven.ServiceDefaults.Text;
using Google.Protobuf;

namespace FaultMaven.Knowledge.Documents;

/// <summary>Takes documents in: redacts them first, then cuts and stores them, all that were accepted or none.</summary>
internal sealed class DocumentImport(KnowledgeRedactor redactor, DocumentStore store, TimeProvider time)
{
    /// <summary>Imports documents.</summary>
    /// <param name="drafts">The documents.</param>
    /// <param name="answer">What the caller is answered.</param>
    /// <param name="cancellationToken">Ends it with nothing stored.</param>
    /// <returns>What became of each, in their order.</returns>
    public async Task<IReadOnlyList<StoredDocument>> ImportAsync(
        IReadOnlyList<DocumentDraft> drafts, Func<IReadOnlyList<StoredDocument>, IMessage> answer, CancellationToken cancellationToken)
    {
        if (drafts.Count == 0)
        {
            return [];
        }

        var redacted = await redactor.RedactAsync([.. drafts.SelectMany(d => (string[])[d.Path, d.Text])], keepPlaceholders: false,
            cancellationToken);

        var documents = new List<NewDocument>(drafts.Count);
        for (var i = 0; i < drafts.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (path, text) = (redacted[2 * i], redacted[(2 * i) + 1]);
            documents.Add(Prepare(drafts[i] with { Path = path.Text, Text = text.Text }, DocumentFlags.Of(path, text)));
        }

        return await store.SaveAsync(documents, answer, cancellationToken);
    }

    private NewDocument Prepare(DocumentDraft draft, DocumentFlags flags)
    {
        var cut = draft.IsMarkdown ? Chunker.Markdown(draft.Text) : Chunker.PlainText(draft.Text);
        var title = cut.Title ?? Path.GetFileNameWithoutExtension(draft.Path);
        var document = new Document(
            DocumentName.Of(draft.Path).ToString(),
            draft.Path,
            title,
            draft.Text,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(draft.Text))),
            cut.Chunks.Count,
            // In the precision that is kept, so that the same document never shows two times.
            DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds()),
            flags);
        return new NewDocument(
            document,
            draft.Etag,
            Terms.Index(title),
            Terms.Index(Path.ChangeExtension(draft.Path, null)),
            [.. cut.Chunks.Select(chunk => new NewChunk(chunk, Terms.Index(string.Join('\n', chunk.Headings)), Terms.Index(chunk.Text)))]);
    }
}

/// <summary>A document ready to be stored.</summary>
/// <param name="Document">The document.</param>
/// <param name="ReplacesEtag">The etag of the document that it may replace; empty for any.</param>
/// <param name="TitleTerms">The terms of its title.</param>
/// <param name="PathTerms">The terms of its path.</param>
/// <param name="Chunks">Its chunks.</param>
internal sealed record NewDocument(
    Document Document, string ReplacesEtag, string TitleTerms, string PathTerms, IReadOnlyList<NewChunk> Chunks);

/// <summary>A chunk ready to be stored.</summary>
/// <param name="Chunk">The chunk.</param>
/// <param name="HeadingTerms">The terms of its headings.</param>
/// <param name="BodyTerms">The terms of its text.</param>
internal sealed record NewChunk(Chunk Chunk, string HeadingTerms, string BodyTerms);
