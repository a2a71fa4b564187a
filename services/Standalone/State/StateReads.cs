using System.Text;
using FaultMaven.ServiceDefaults.State;

namespace FaultMaven.Standalone.State;

/// <summary>What <see cref="StateStore"/> reads, from one connection.</summary>
internal static class StateReads
{
    public static StateRecord? Find(StateConnection connection, Partition partition, string key, long now)
    {
        using var find = connection.Prepare(StateQueries.Find);
        return Bind(find, partition).Bind(3, Encoding.UTF8.GetBytes(key)).Bind(4, now).Step()
            ? new StateRecord(key, find.Blob(0).ToArray(), find.Number(1))
            : null;
    }

    public static IReadOnlyList<StateRecord> List(
        StateConnection connection, Partition partition, RecordRange range, int count, long now)
    {
        var keys = KeyRange.Of(range);
        using var list = connection.Prepare(range.IsDescending ? StateQueries.ListDescending : StateQueries.List);
        Bind(list, partition).Bind(3, keys.From).Bind(4, keys.Before).Bind(5, now).Bind(6, count);
        var records = new List<StateRecord>();
        while (list.Step())
        {
            records.Add(new StateRecord(Encoding.UTF8.GetString(list.Blob(0)), list.Blob(1).ToArray(), list.Number(2)));
        }

        return records;
    }

    public static long Count(StateConnection connection, Partition partition, string prefix, long now)
    {
        var keys = KeyRange.Of(prefix);
        using var count = connection.Prepare(StateQueries.Count);
        Bind(count, partition).Bind(3, keys.From).Bind(4, keys.Before).Bind(5, now).Step();
        return count.Number(0);
    }

    public static long GetLength(StateConnection connection, Partition partition, string stream)
    {
        using var length = connection.Prepare(StateQueries.Length);
        Bind(length, partition).Bind(3, Encoding.UTF8.GetBytes(stream)).Step();
        return length.Number(0);
    }

    public static IReadOnlyList<ReadOnlyMemory<byte>> Read(
        StateConnection connection, Partition partition, string stream, long after, int count)
    {
        using var read = connection.Prepare(StateQueries.Read);
        Bind(read, partition).Bind(3, Encoding.UTF8.GetBytes(stream)).Bind(4, after).Bind(5, count);
        var entries = new List<ReadOnlyMemory<byte>>();
        while (read.Step())
        {
            entries.Add(read.Blob(0).ToArray());
        }

        return entries;
    }

    /// <summary>The first names of partitions of a tenant after one of them.</summary>
    public static IReadOnlyList<string> ListNames(StateConnection connection, string tenant, string after, int count, long now)
    {
        using var list = connection.Prepare(StateQueries.Partitions);
        list.Bind(1, tenant).Bind(2, after).Bind(3, now).Bind(4, count);
        var names = new List<string>();
        while (list.Step())
        {
            names.Add(list.Text(0));
        }

        return names;
    }

    /// <summary>All tenants; the index of the table leads from one to the next.</summary>
    public static IReadOnlyList<string> ListTenants(StateConnection connection)
    {
        var tenants = new List<string>();
        while (true)
        {
            using var next = connection.Prepare(StateQueries.NextTenant);
            if (!next.Bind(1, tenants is [.., var last] ? last : "").Step())
            {
                return tenants;
            }

            tenants.Add(next.Text(0));
        }
    }

    private static Statement Bind(Statement statement, Partition partition) =>
        statement.Bind(1, partition.Tenant).Bind(2, partition.Name);
}
