using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>Collects objects and relations of all files of a case, then finds which of them are the same thing.</summary>
internal sealed class GraphBuilder
{
    public const int MaxObjects = 1_000;
    public const int MaxRelations = 3_000;

    // While it is built, before things under several names are joined.
    private const int MaxCollectedObjects = 10_000;
    private const int MaxCollectedRelations = 30_000;
    private const int MaxNameLength = 253;
    private const int MaxDetailLength = 200;

    private readonly Dictionary<(string Kind, string Namespace, string Name), GraphObject> _objects = [];
    private readonly Dictionary<(Proto.RelationType Type, GraphObject From, GraphObject To, bool IsUnmet), GraphRelation> _relations = [];
    private bool _truncated;

    public LabelMatching Labels { get; } = new();

    /// <summary>An object that the evidence describes.</summary>
    public GraphObject Describe(string kind, string @namespace, string name, Proto.Citation citation)
    {
        var described = Mention(kind, @namespace, name, citation);
        described.IsDescribed = true;
        return described;
    }

    /// <summary>An object that the evidence refers to.</summary>
    public GraphObject Mention(string kind, string @namespace, string name, Proto.Citation citation)
    {
        name = name.CutTo(MaxNameLength);
        var key = (kind, ObjectKind.IsClusterWide(kind) ? "" : @namespace.CutTo(MaxNameLength), name);
        if (!_objects.TryGetValue(key, out var found))
        {
            found = new GraphObject(key.kind, key.Item2, name);
            if (_objects.Count >= MaxCollectedObjects)
            {
                _truncated = true;
                return found;
            }

            _objects.Add(key, found);
        }

        found.See(citation);
        return found;
    }

    /// <summary>Whatever answers at a host, which may be an object with another name.</summary>
    public GraphObject Address(ReadOnlySpan<char> host, ReadOnlySpan<char> port, Proto.Citation citation)
    {
        // A placeholder is kept as it is, so that a caller with the right to see the value can restore it.
        var name = host.ToString();
        var found = Mention(ObjectKind.Host, "", name.StartsWith('<') ? name : name.ToLowerInvariant(), citation);
        if (!port.IsEmpty)
        {
            found.AddAlias($"{found.Name}:{port}");
        }

        return found;
    }

    public void Relate(Proto.RelationType type, GraphObject from, GraphObject to, Proto.Citation citation, string detail = "",
        bool isUnmet = false, long count = 1) => Add(new GraphRelation(type, from, to, detail, isUnmet, citation) { Count = count });

    public Proto.CaseGraph Build()
    {
        foreach (var relation in Labels.Match())
        {
            Add(relation);
        }

        var same = ObjectIdentity.Find(_objects.Values);
        foreach (var (other, one) in same)
        {
            one.Absorb(other);
        }

        var relations = Joined(same);
        var degree = relations.SelectMany(relation => new[] { relation.From, relation.To }).CountBy(related => related).ToDictionary();
        var objects = _objects.Values.Where(each => !same.ContainsKey(each) && (each.IsDescribed || degree.ContainsKey(each)))
            .OrderByDescending(each => each.IsDescribed && degree.ContainsKey(each)).ThenByDescending(degree.GetValueOrDefault)
            .Take(MaxObjects + 1).ToList();
        _truncated |= objects.Count > MaxObjects;
        var kept = objects.Take(MaxObjects).ToHashSet();
        var listed = relations.Where(relation => kept.Contains(relation.From) && kept.Contains(relation.To)).ToList();
        _truncated |= listed.Count > MaxRelations || listed.Count < relations.Count;

        return new Proto.CaseGraph
        {
            Objects =
            {
                kept.OrderByDescending(each => each.IsDescribed).ThenBy(each => each.Id, StringComparer.Ordinal)
                    .Select(each => each.ToProto()),
            },
            Relations =
            {
                listed.OrderByDescending(relation => relation.IsUnmet).ThenBy(relation => relation.Type)
                    .ThenByDescending(relation => relation.Count).ThenBy(relation => relation.From.Id, StringComparer.Ordinal)
                    .ThenBy(relation => relation.To.Id, StringComparer.Ordinal).Take(MaxRelations).Select(ToProto),
            },
            Truncated = _truncated,
        };
    }

    private void Add(GraphRelation relation)
    {
        var key = (relation.Type, relation.From, relation.To, relation.IsUnmet);
        if (_relations.TryGetValue(key, out var known))
        {
            _relations[key] = known with
            {
                Count = known.Count + relation.Count,
                Detail = known.Detail.Length > 0 ? known.Detail : relation.Detail,
            };
        }
        else if (_relations.Count < MaxCollectedRelations)
        {
            _relations.Add(key, relation);
        }
        else
        {
            _truncated = true;
        }
    }

    // Relations between what turned out to be the same are one.
    private List<GraphRelation> Joined(Dictionary<GraphObject, GraphObject> same)
    {
        var classes = _objects.Values.Where(each => each.IsDescribed).ToLookup(each => each.Kind);
        var collected = _relations.Values.ToList();
        _relations.Clear();
        foreach (var relation in collected)
        {
            var (from, to) = (same.GetValueOrDefault(relation.From, relation.From), same.GetValueOrDefault(relation.To, relation.To));
            if (from != to && _objects.ContainsKey((from.Kind, from.Namespace, from.Name))
                && _objects.ContainsKey((to.Kind, to.Namespace, to.Name)))
            {
                var noClass = to.Kind is ObjectKind.IngressClass or ObjectKind.StorageClass && !to.IsDescribed && classes[to.Kind].Any();
                Add(noClass
                    ? relation with { From = from, To = to, IsUnmet = true, Detail = $"the evidence has no such class, only {Listed(to)}" }
                    : relation with { From = from, To = to });
            }
        }

        return [.. _relations.Values];

        string Listed(GraphObject missing) => string.Join(", ", classes[missing.Kind].Select(each => each.Name).Order().Take(3));
    }

    private static Proto.ObjectRelation ToProto(GraphRelation relation) => new()
    {
        Type = relation.Type,
        From = relation.From.Id,
        To = relation.To.Id,
        Detail = relation.Detail.CutTo(MaxDetailLength),
        Unmet = relation.IsUnmet,
        Count = relation.Count,
        Citation = relation.Citation,
    };
}
