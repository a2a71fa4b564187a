using FaultMaven.Knowledge.Database;
using FaultMaven.ServiceDefaults.State.Checks;
using Microsoft.Data.Sqlite;

namespace FaultMaven.Knowledge;

/// <summary>The file of the knowledge base, for those who look after it.</summary>
public static class KnowledgeFile
{
    /// <summary>What the names of such files end in, in the folder of the service.</summary>
    public const string Extension = ".db";

    /// <summary>The version of the tables that this program writes.</summary>
    public static int SchemaVersion => KnowledgeSchema.Version;

    /// <summary>Brings a file that no one uses to a version of the tables.</summary>
    /// <exception cref="SqliteException">It cannot be written.</exception>
    /// <exception cref="InvalidDataException">A newer version of this program wrote it.</exception>
    public static void MigrateTo(string path, int version)
    {
        using var connection = Open(path);
        connection.Execute("PRAGMA synchronous = FULL");
        KnowledgeSchema.MigrateTo(connection, version);
    }

    /// <summary>Verifies that documents have their pieces and that each piece is in the index.</summary>
    /// <exception cref="SqliteException">It cannot be read.</exception>
    public static void Check(string path, StateFindings findings)
    {
        using var connection = Open(path);
        connection.Execute("PRAGMA query_only = ON");
        using var view = connection.BeginTransaction(deferred: true);
        var documents = connection.Scalar("SELECT count(*) FROM documents");
        var chunks = connection.Scalar("SELECT count(*) FROM chunks");
        findings.Count("documents", documents);
        findings.Count("pieces", chunks);
        const string Incomplete =
            """
            SELECT count(*) FROM documents AS d WHERE chunk_count <> (SELECT count(*) FROM chunks WHERE document_id = d.id)
            """;
        if (connection.Scalar(Incomplete) is > 0 and var incomplete)
        {
            findings.Report($"{incomplete} documents do not have all of their pieces; import them again.");
        }

        const string Unindexed = "SELECT count(*) FROM chunks WHERE id NOT IN (SELECT rowid FROM chunk_index)";
        if (connection.Scalar(Unindexed) is > 0 and var unindexed)
        {
            findings.Report($"{unindexed} pieces of documents are not in the index; import the documents again.");
        }
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}
