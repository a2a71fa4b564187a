namespace FaultMaven.Data.Analysis.Templates;

/// <summary>
/// Finds the shapes that differ in values only. Shapes of the same length and punctuation are compared: where several agree in all but one
/// place, that place is a value if enough different words stand in it, for how much they look like values. Merged shapes are compared
/// again until nothing changes, so several places can turn out to be values. The outcome does not depend on the order of the shapes.
/// </summary>
internal sealed class ShapeMerger
{
    private const int MaxRounds = 12;

    private readonly WordNumbers _words = new();
    private List<ShapeCluster> _clusters = [];

    /// <summary>Groups <paramref name="shapes"/>: returns the clusters, each with the indices of its shapes.</summary>
    public static IReadOnlyList<ShapeCluster> Merge(IReadOnlyList<MessageShape> shapes) => new ShapeMerger().Run(shapes);

    private List<ShapeCluster> Run(IReadOnlyList<MessageShape> shapes)
    {
        for (var i = 0; i < shapes.Count; i++)
        {
            _clusters.Add(ShapeCluster.Of(shapes[i], i, _words));
        }

        MergeUntilSettled();
        MergeAssigned();
        _clusters = _clusters.ConvertAll(cluster => cluster.Coarsen(_words));
        MergeAssigned();
        MergeUntilSettled();
        return _clusters;
    }

    private void MergeUntilSettled()
    {
        for (var round = 0; round < MaxRounds && MergeOnce(); round++)
        {
        }

        _clusters.RemoveAll(cluster => cluster.Absorbed);
    }

    private void MergeAssigned()
    {
        foreach (var group in _clusters.GroupBy(cluster => cluster.HashWithoutAssigned(_words)).Where(group => group.Skip(1).Any())
            .ToList())
        {
            var members = group.ToList();
            if (PlaceholderStatistics.AreValues(members, _words))
            {
                members[0].Absorb(members);
                members[0].EndRound();
            }
        }

        _clusters.RemoveAll(cluster => cluster.Absorbed);
    }

    private bool MergeOnce()
    {
        var buckets = new Dictionary<ulong, List<ShapeCluster>>();
        foreach (var cluster in _clusters)
        {
            for (var p = 0; !cluster.Absorbed && p < cluster.Values.Length; p++)
            {
                var key = cluster.HashWithout(p);
                if (!buckets.TryGetValue(key, out var bucket))
                {
                    buckets.Add(key, bucket = []);
                }

                bucket.Add(cluster);
                bucket[0].NoteBucket(p, key);
            }
        }

        var merged = false;
        var candidates = new List<(ulong Key, int Position, List<ShapeCluster> Members)>();
        foreach (var (key, members) in buckets)
        {
            if (members.Count > 1)
            {
                candidates.Add((key, members[0].PositionOf(key), members));
            }
        }

        candidates.Sort((a, b) => a.Members.Count != b.Members.Count ? b.Members.Count.CompareTo(a.Members.Count) : a.Key.CompareTo(b.Key));
        foreach (var (_, position, members) in candidates)
        {
            var live = members.FindAll(member => !member.Absorbed && !member.Changed);
            if (live.Count > 1 && PlaceholderStatistics.IsValue(live, position, _words))
            {
                live[0].Absorb(live, position);
                merged = true;
            }
        }

        foreach (var cluster in _clusters)
        {
            cluster.EndRound();
        }

        return merged;
    }
}
