using FaultMaven.Data.Analysis.Measures;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Metrics;

/// <summary>A limit, where it is, and after when it holds if it was another before.</summary>
internal readonly record struct KnownLimit(double Limit, LineRange? At, DateTimeOffset? Since);

/// <summary>
/// Limits that the evidence states next to its series: <c>"max_connections": 500</c>, <c>"allocated_storage_gb": 100</c>.
/// </summary>
internal sealed class MetricLimits
{
    private const double GiB = 1024d * 1024 * 1024;

    private static readonly (string[] Names, string Resource, double Factor)[] s_names =
    [
        (["max_connections", "connection_limit", "connections_limit", "max_database_connections"], "connections", 1),
        (["allocated_storage", "allocated_storage_gb", "allocated_storage_gib", "storage_size_gb"], "storage", GiB),
        (["allocated_storage_bytes", "storage_capacity_bytes", "total_storage_bytes"], "storage", 1),
        (["memory_limit_bytes", "memory_total_bytes", "total_memory_bytes"], "memory", 1),
        (["provisioned_iops", "max_iops", "iops_limit"], "iops", 1),
    ];

    private readonly Dictionary<string, KnownLimit> _byResource = [];
    private readonly Dictionary<string, KnownLimit> _bySeries = [];

    public static MetricLimits Of(Node? root, IReadOnlyList<MetricSeries> series)
    {
        var limits = new MetricLimits();
        foreach (var (node, name) in root?.Walk() ?? [])
        {
            if (node.IsScalar && name.Length > 0 && Values.Quantity(node.Text) is > 0 and var value)
            {
                limits.Take(name, value, node);
            }
        }

        // A series called max_connections, or memory_limit, is the limit of another one.
        foreach (var candidate in series.Where(candidate => candidate.Points.Count > 0))
        {
            var words = Names.Words(candidate.Name);
            var last = candidate.Points[^1];
            limits.Take(candidate.Name, last.Value, last.At);
            if (words.Any(word => word is "limit" or "max" or "quota" or "capacity" or "total" or "size") && last.Value > 0)
            {
                // A limit that was changed on the way binds from then on.
                var since = candidate.Points.FindLastIndex(point => point.Value != last.Value);
                limits._bySeries[Key(words, candidate.Instance)] = new KnownLimit(last.Value, last.At, since < 0 ? null
                    : candidate.Points[since].Time);
            }
        }

        return limits;
    }

    /// <summary>The limit of a series, and where it is; null if none is known.</summary>
    public KnownLimit? For(MetricSeries series, MetricMeaning meaning)
    {
        if (series.Limit is { } own)
        {
            return new KnownLimit(own, series.LimitAt, null);
        }

        var words = Names.Words(series.Name);
        var isLimit = words.Any(word => word is "limit" or "max" or "quota" or "capacity" or "total" or "size");
        return isLimit ? null
            : _bySeries.TryGetValue(Key(words, series.Instance), out var paired) ? paired
            : meaning.Limit is { } implied ? new KnownLimit(implied, null, null)
            : _byResource.TryGetValue(meaning.Resource, out var stated) ? stated
            : null;
    }

    private void Take(string name, double value, LineRange? at)
    {
        foreach (var (names, resource, factor) in s_names)
        {
            if (Names.IsOneOf(name, names))
            {
                // A number too great for gigabytes is bytes.
                _byResource.TryAdd(resource, new KnownLimit(factor == GiB && value > 1e6 ? value : value * factor, at, null));
            }
        }
    }

    /// <summary>What is left of a name without the words that tell use from limit.</summary>
    private static string Key(IReadOnlyList<string> words, string instance) =>
        string.Join(' ',
            words.Where(word =>
            word is not ("limit" or "max" or "quota" or "capacity" or "total" or "size" or "used" or "usage" or "current" or "active"
            or "in" or "use" or "free" or "avail" or "available"
            or "hard" or "open" or "working" or "set" or "resource" or "limits"))) + "@" + instance;
}
