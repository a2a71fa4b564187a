using FaultMaven.Knowledge.Database;
using FaultMaven.ServiceDefaults.Requests;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.Data.Sqlite;

namespace FaultMaven.Knowledge.Documents;

/// <summary>
/// Keeps documents and the index over their chunks. Everything throws <see cref="KnowledgeDatabaseException"/> if the database does not
/// work.
/// </summary>
internal sealed class DocumentStore(KnowledgeDatabases databases, KnowledgeRequestRecords requests)
{
    // Of a document that is not there.
    private const string NoSha256 = "                ";

    private const string Columns = "name, path, title, sha256, chunk_count, update_time, flags";

    /// <summary>Stores documents, each replacing the one with its path; all or none.</summary>
    /// <param name="documents">The documents.</param>
    /// <param name="answer">What the caller is answered.</param>
    /// <param name="cancellationToken">Interrupts it; nothing is stored then.</param>
    /// <returns>What became of each, in their order.</returns>
    public async Task<IReadOnlyList<StoredDocument>> SaveAsync(
        IReadOnlyList<NewDocument> documents, Func<IReadOnlyList<StoredDocument>, IMessage> answer, CancellationToken cancellationToken)
    {
        var (stored, record) = await databases.OfCaller.WriteAsync(
            connection =>
            {
                var stored = new List<StoredDocument>(documents.Count);
                foreach (var document in documents)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    stored.Add(Save(connection, document));
                }

                return (stored, requests.Answer(connection, answer(stored)));
            },
            cancellationToken);
        Keep(record);
        return stored;
    }

    /// <summary>Finds a document with its text.</summary>
    public Task<Document?> FindAsync(DocumentName name, CancellationToken cancellationToken) =>
        databases.OfCaller.ReadAsync(
            connection =>
            {
                using var command = connection.Command($"SELECT {Columns}, text FROM documents WHERE name = $name",
                    ("$name", name.ToString()));
                using var reader = command.ExecuteReader();
                return reader.Read() ? Read(reader) with { Text = reader.GetString(7) } : null;
            },
            cancellationToken);

    /// <summary>Lists documents by path, without their text.</summary>
    /// <param name="after">The path that they come after; null for the first.</param>
    /// <param name="filter">Which documents to list.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    public Task<IReadOnlyList<Document>> ListAsync(
        string? after, Func<Document, bool> filter, int limit, CancellationToken cancellationToken) =>
        databases.OfCaller.ReadAsync<IReadOnlyList<Document>>(
            connection =>
            {
                using var command = connection.Command(
                    $"SELECT {Columns} FROM documents WHERE $after = '' OR path > $after ORDER BY path", ("$after", after ?? ""));
                using var reader = command.ExecuteReader();
                var documents = new List<Document>();
                while (documents.Count < limit && reader.Read())
                {
                    if (Read(reader) is var document && filter(document))
                    {
                        documents.Add(document);
                    }
                }

                return documents;
            },
            cancellationToken);

    /// <summary>Deletes a document with everything made from it, unless an etag is given that is not the document's.</summary>
    /// <returns>The etag that the document has or had; null if there is none.</returns>
    public async Task<string?> DeleteAsync(DocumentName name, string etag, CancellationToken cancellationToken)
    {
        var (found, record) = await databases.OfCaller.WriteAsync<(string?, byte[]?)>(
            connection =>
            {
                if (Find(connection, "name", name.ToString()) is not { } found)
                {
                    return (null, null);
                }

                if (etag.Length > 0 && etag != found.Document.Etag)
                {
                    return (found.Document.Etag, null);
                }

                Delete(connection, found.Id);
                return (found.Document.Etag, requests.Answer(connection, new Empty()));
            },
            cancellationToken);
        Keep(record);
        return found;
    }

    private static void Keep(byte[]? record)
    {
        if (record is not null)
        {
            RequestEntry.Current?.Keep(record);
        }
    }

    private static StoredDocument Save(SqliteConnection connection, NewDocument item)
    {
        var document = item.Document;
        var old = Find(connection, "path", document.Path);
        if (item.ReplacesEtag.Length > 0 && item.ReplacesEtag != old?.Document.Etag)
        {
            return new StoredDocument(old?.Document ?? document with { Sha256 = NoSha256 }, StoreOutcome.Conflict);
        }

        if (old is { } same && same.Document.Sha256 == document.Sha256 && $"{same.Document.Flags}" == $"{document.Flags}")
        {
            return new StoredDocument(same.Document, StoreOutcome.Unchanged);
        }

        if (old is { } replaced)
        {
            Delete(connection, replaced.Id);
        }

        Insert(connection, item);
        return new StoredDocument(document, old is null ? StoreOutcome.Created : StoreOutcome.Updated);
    }

    // The column is one of ours: name or path.
    private static (long Id, Document Document)? Find(SqliteConnection connection, string column, string value)
    {
        using var command = connection.Command($"SELECT {Columns}, id FROM documents WHERE {column} = $value", ("$value", value));
        using var reader = command.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(7), Read(reader)) : null;
    }

    private static void Delete(SqliteConnection connection, long id)
    {
        connection.Execute("DELETE FROM chunk_index WHERE rowid IN (SELECT id FROM chunks WHERE document_id = $id)", ("$id", id));
        connection.Execute("DELETE FROM documents WHERE id = $id", ("$id", id));
    }

    private static void Insert(SqliteConnection connection, NewDocument item)
    {
        var document = item.Document;
        var id = connection.Scalar(
            """
            INSERT INTO documents (name, path, title, sha256, chunk_count, term_count, update_time, text, flags)
            VALUES ($name, $path, $title, $sha256, $chunks, $terms, $time, $text, $flags) RETURNING id
            """,
            ("$name", document.Name),
            ("$path", document.Path),
            ("$title", document.Title),
            ("$sha256", document.Sha256),
            ("$chunks", document.ChunkCount),
            ("$terms", item.Chunks.Sum(chunk => chunk.BodyTerms.AsSpan().Count(' ') + 1)),
            ("$time", document.UpdateTime.ToUnixTimeMilliseconds()),
            ("$text", document.Text ?? ""),
            ("$flags", document.Flags.ToString()));
        foreach (var (chunk, headings, body) in item.Chunks)
        {
            // A heading is one line, so a line feed parts two of them.
            var row = connection.Scalar(
                "INSERT INTO chunks (document_id, headings, start_line, end_line, text) VALUES ($document, $headings, $start, $end, "
                + "$text) RETURNING id",
                ("$document", id),
                ("$headings", string.Join('\n', chunk.Headings)),
                ("$start", chunk.StartLine),
                ("$end", chunk.EndLine),
                ("$text", chunk.Text));
            connection.Execute(
                "INSERT INTO chunk_index (rowid, title, path, headings, body) VALUES ($row, $title, $path, $headings, $body)",
                ("$row", row), ("$title", item.TitleTerms), ("$path", item.PathTerms), ("$headings", headings), ("$body", body));
        }
    }

    private static Document Read(SqliteDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        reader.GetString(2),
        null,
        reader.GetString(3),
        reader.GetInt32(4),
        DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(5)),
        DocumentFlags.Parse(reader.GetString(6)));
}

/// <summary>What became of a document, and what is stored now.</summary>
internal sealed record StoredDocument(Document Document, StoreOutcome Outcome);

/// <summary>What storing a document did.</summary>
internal enum StoreOutcome
{
    Created,
    Updated,
    Unchanged,

    /// <summary>Nothing: the stored document is not the one that the caller meant to replace.</summary>
    Conflict,
}
