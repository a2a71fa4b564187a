using FaultMaven.ServiceDefaults.Storage;
using Microsoft.Data.Sqlite;

namespace FaultMaven.Knowledge.Database;

/// <summary>The tables, and how older ones become them. <c>PRAGMA user_version</c> counts the migrations that have run.</summary>
internal static class KnowledgeSchema
{
    // The index holds terms that Search/Terms has made (split, stemmed, joined by blanks), so the tokenizer only cuts at blanks; it
    // is the same code that reads the query. Its rows are read back to rank documents.
    private static readonly SchemaHistory s_history = new(
        new SchemaStep(
            """
            CREATE TABLE documents (
                id INTEGER PRIMARY KEY,
                name TEXT NOT NULL UNIQUE,
                path TEXT NOT NULL UNIQUE,
                title TEXT NOT NULL,
                sha256 TEXT NOT NULL,
                chunk_count INTEGER NOT NULL,
                term_count INTEGER NOT NULL,
                update_time INTEGER NOT NULL,
                text TEXT NOT NULL
            ) STRICT;
            CREATE INDEX documents_statistics ON documents (chunk_count, term_count);

            CREATE TABLE chunks (
                id INTEGER PRIMARY KEY,
                document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
                headings TEXT NOT NULL,
                start_line INTEGER NOT NULL,
                end_line INTEGER NOT NULL,
                text TEXT NOT NULL
            ) STRICT;
            CREATE INDEX chunks_document ON chunks (document_id);

            CREATE VIRTUAL TABLE chunk_index USING fts5 (title, path, headings, body, tokenize = 'ascii');
            CREATE VIRTUAL TABLE chunk_terms USING fts5vocab (chunk_index, row);
            """,
            """
            DROP TABLE chunk_terms;
            DROP TABLE chunk_index;
            DROP TABLE chunks;
            DROP TABLE documents;
            """),
        new SchemaStep(
            "ALTER TABLE documents ADD COLUMN flags TEXT NOT NULL DEFAULT ''",
            "ALTER TABLE documents DROP COLUMN flags"),
        new SchemaStep(
            """
            CREATE TABLE requests (key TEXT PRIMARY KEY, record BLOB NOT NULL, expire_time INTEGER NOT NULL) STRICT, WITHOUT ROWID;
            CREATE INDEX requests_expiry ON requests (expire_time);
            """,
            """
            DROP TABLE requests;
            """));

    /// <summary>The version that this program writes.</summary>
    public static int Version => s_history.Version;

    /// <summary>Brings the database up to date, in one transaction.</summary>
    /// <exception cref="InvalidDataException">A newer version of this program wrote it.</exception>
    public static void Migrate(SqliteConnection connection)
    {
        // Takes effect for good, and only outside a transaction: readers see the last commit while a writer writes.
        connection.Execute("PRAGMA journal_mode = WAL");
        MigrateTo(connection, Version);
    }

    /// <summary>Brings the database to a version, in one transaction.</summary>
    /// <exception cref="InvalidDataException">A newer version of this program wrote it.</exception>
    public static void MigrateTo(SqliteConnection connection, int version)
    {
        using var transaction = connection.BeginTransaction();
        foreach (var step in s_history.Between((int)connection.Scalar("PRAGMA user_version"), version))
        {
            connection.Execute(step);
        }

        connection.Execute($"PRAGMA user_version = {version}");
        transaction.Commit();
    }
}
