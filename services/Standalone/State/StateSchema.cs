using FaultMaven.ServiceDefaults.Storage;

namespace FaultMaven.Standalone.State;

/// <summary>The tables, and how older ones become them. <c>PRAGMA user_version</c> counts the migrations that have run.</summary>
internal static class StateSchema
{
    // Keys and names of streams are blobs of UTF-8: compared byte by byte, and the end of a prefix's range need not be valid text.
    // Large values would make the tree of a table without row ids deep, so each table has its own rows and an index.
    private static readonly SchemaHistory s_history = new(
        new SchemaStep(
            """
            CREATE TABLE counter (version INTEGER NOT NULL) STRICT;
            INSERT INTO counter VALUES (0);

            CREATE TABLE partitions (
                id INTEGER PRIMARY KEY,
                tenant TEXT NOT NULL,
                name TEXT NOT NULL,
                UNIQUE (tenant, name)
            ) STRICT;

            CREATE TABLE records (
                id INTEGER PRIMARY KEY,
                partition INTEGER NOT NULL,
                key BLOB NOT NULL,
                version INTEGER NOT NULL,
                expires INTEGER,
                value BLOB NOT NULL,
                UNIQUE (partition, key)
            ) STRICT;
            CREATE INDEX records_expires ON records (expires) WHERE expires IS NOT NULL;

            CREATE TABLE streams (
                id INTEGER PRIMARY KEY,
                partition INTEGER NOT NULL,
                name BLOB NOT NULL,
                UNIQUE (partition, name)
            ) STRICT;

            CREATE TABLE entries (
                id INTEGER PRIMARY KEY,
                stream INTEGER NOT NULL,
                position INTEGER NOT NULL,
                value BLOB NOT NULL,
                UNIQUE (stream, position)
            ) STRICT;
            """,
            """
            DROP TABLE entries;
            DROP TABLE streams;
            DROP TABLE records;
            DROP TABLE partitions;
            DROP TABLE counter;
            """),

        // Files are found by their names, and one in another's place would be read as if it were that.
        new SchemaStep(
            """
            CREATE TABLE about (service TEXT NOT NULL) STRICT;
            """,
            """
            DROP TABLE about;
            """));

    /// <summary>The version that this program writes.</summary>
    public static int Version => s_history.Version;

    /// <summary>Brings a file up to date, in one transaction.</summary>
    /// <param name="connection">The connection that writes.</param>
    /// <param name="service">Whose state it is to be.</param>
    /// <exception cref="InvalidDataException">A newer version of this program wrote it, or it is that of another service.</exception>
    public static void Migrate(StateConnection connection, string service)
    {
        connection.Execute("BEGIN IMMEDIATE");
        Go(connection, Version);
        using (var name = connection.Prepare("INSERT INTO about SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM about)"))
        {
            name.Bind(1, service).Run();
        }

        if (ServiceOf(connection) is var owner && owner != service)
        {
            throw new InvalidDataException(
                $"it has the state of {owner} and is named as if it were that of {service}. Put the files back as they were");
        }

        connection.Execute("COMMIT");
    }

    /// <summary>Brings a file to a version, in one transaction.</summary>
    /// <exception cref="InvalidDataException">A newer version of this program wrote it.</exception>
    public static void MigrateTo(StateConnection connection, int version)
    {
        connection.Execute("BEGIN IMMEDIATE");
        Go(connection, version);
        connection.Execute("COMMIT");
    }

    private static void Go(StateConnection connection, int version)
    {
        foreach (var step in s_history.Between((int)connection.Number("PRAGMA user_version"), version))
        {
            connection.Execute(step);
        }

        connection.Execute($"PRAGMA user_version = {version}");
    }

    private static string ServiceOf(StateConnection connection)
    {
        using var find = connection.Prepare("SELECT service FROM about");
        return find.Step() ? find.Text(0) : "";
    }
}
