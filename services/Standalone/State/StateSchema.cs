namespace FaultMaven.Standalone.State;

/// <summary>The tables, and how older ones become them. <c>PRAGMA user_version</c> counts the migrations that have run.</summary>
internal static class StateSchema
{
    // Keys and names of streams are blobs of UTF-8: compared byte by byte, and the end of a prefix's range need not be valid text.
    // Large values would make the tree of a table without row ids deep, so each table has its own rows and an index.
    private static readonly string[] s_migrations =
    [
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
    ];

    /// <summary>Brings a file up to date, in one transaction.</summary>
    /// <exception cref="InvalidDataException">A newer version of this program wrote it.</exception>
    public static void Migrate(StateConnection connection)
    {
        connection.Execute("BEGIN IMMEDIATE");
        var version = (int)connection.Number("PRAGMA user_version");
        if (version > s_migrations.Length)
        {
            throw new InvalidDataException($"it has schema {version}, and this program knows {s_migrations.Length}");
        }

        foreach (var migration in s_migrations.AsSpan(version))
        {
            connection.Execute(migration);
        }

        connection.Execute($"PRAGMA user_version = {s_migrations.Length}; COMMIT");
    }
}
