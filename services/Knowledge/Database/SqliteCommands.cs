using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;

namespace FaultMaven.Knowledge.Database;

/// <summary>Short forms of what every query does.</summary>
internal static class SqliteCommands
{
    /// <summary>A command in the running transaction, if any, with parameters named <c>$name</c>.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "Every statement is a constant of this assembly; values are parameters.")]
    public static SqliteCommand Command(this SqliteConnection connection, string sql,
        params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        return command;
    }

    public static void Execute(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    /// <summary>The first column of the first row, a whole number; 0 if there is no row.</summary>
    public static long Scalar(this SqliteConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = connection.Command(sql, parameters);
        return command.ExecuteScalar() is long value ? value : 0;
    }
}
