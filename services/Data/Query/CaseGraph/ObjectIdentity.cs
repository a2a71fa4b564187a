namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>
/// Finds which objects of several files are the same: <c>pod/web-0</c> of a listing without a namespace and <c>pod/shop/web-0</c> of a
/// manifest, the host <c>web.shop.svc</c> and the service, the file <c>web-0.log</c> and the pod that wrote it.
/// </summary>
internal static class ObjectIdentity
{
    private const int MinStemLength = 3;

    private static readonly string[] s_endings = [".log", ".txt", ".json", ".jsonl", ".out", ".err", "-previous", "_previous", "-logs",
        "_logs", "-log", "_log", "-stdout", "-stderr", ".1", ".0"];

    /// <summary>The objects that are others, each with the one that it is.</summary>
    public static Dictionary<GraphObject, GraphObject> Find(IEnumerable<GraphObject> objects)
    {
        var all = objects.ToList();
        var same = new Dictionary<GraphObject, GraphObject>();
        foreach (var named in all.GroupBy(each => (each.Kind, each.Name)))
        {
            if (named.ToList() is [var one, var other] && (one.Namespace.Length == 0 || other.Namespace.Length == 0))
            {
                same.Add(one.Namespace.Length == 0 ? one : other, one.Namespace.Length == 0 ? other : one);
            }
        }

        var names = Index(all.Where(each => !same.ContainsKey(each)));
        foreach (var each in all.Where(each => !same.ContainsKey(each)))
        {
            if (Resolve(each, names) is { } known && known != each)
            {
                same.Add(each, known);
            }
        }

        // What only logs, under a name that nothing else has, is the file unless its name is one that people give to programs.
        foreach (var speaker in all.Where(each => each is { LogFile: not null, IsDescribed: false } && !same.ContainsKey(each)
            && !each.Name.Contains('-', StringComparison.Ordinal)))
        {
            same.Add(speaker, speaker.LogFile!);
        }

        foreach (var (other, one) in same.ToList())
        {
            same[other] = Last(one, same);
        }

        return same.Where(pair => pair.Key != pair.Value).ToDictionary();
    }

    private static GraphObject Last(GraphObject one, Dictionary<GraphObject, GraphObject> same)
    {
        for (var steps = 0; steps < 4 && same.TryGetValue(one, out var next); steps++)
        {
            one = next;
        }

        return one;
    }

    private static GraphObject? Resolve(GraphObject each, Dictionary<string, GraphObject?> names) => each switch
    {
        { Kind: ObjectKind.Host } => names.GetValueOrDefault(each.Name),
        { Kind: ObjectKind.File, IsLog: true } => Stems(each.Name).Select(stem => names.GetValueOrDefault(stem))
            .FirstOrDefault(known => known is not null),
        { LogFile: not null, IsDescribed: false } => names.GetValueOrDefault(each.Name),
        _ => null,
    };

    // shop_web-0_app.log of "shop", "web-0" and "app"; web-0-previous.log of web-0.
    private static IEnumerable<string> Stems(string fileName)
    {
        var stem = fileName[(fileName.LastIndexOf('/') + 1)..].ToLowerInvariant();
        yield return stem;
        for (var isCut = true; isCut;)
        {
            isCut = false;
            foreach (var ending in s_endings)
            {
                if (stem.EndsWith(ending, StringComparison.Ordinal) && stem.Length - ending.Length >= MinStemLength)
                {
                    stem = stem[..^ending.Length];
                    isCut = true;
                    yield return stem;
                }
            }
        }

        if (stem.Split('_') is [_, var pod, ..])
        {
            yield return pod;
        }
    }

    // A name that fits two things equally well identifies neither.
    private static Dictionary<string, GraphObject?> Index(IEnumerable<GraphObject> objects)
    {
        var names = new Dictionary<string, GraphObject?>(StringComparer.OrdinalIgnoreCase);
        foreach (var rank in objects.Where(each => ObjectKind.NamingRank(each.Kind) > 0 && (each.IsDescribed || each.LogFile is null))
            .GroupBy(each => ObjectKind.NamingRank(each.Kind)).OrderByDescending(rank => rank.Key))
        {
            var own = new Dictionary<string, GraphObject?>(StringComparer.OrdinalIgnoreCase);
            foreach (var each in rank)
            {
                foreach (var name in NamesOf(each))
                {
                    own[name] = own.TryGetValue(name, out var other) && other != each ? null : each;
                }
            }

            foreach (var (name, each) in own)
            {
                names.TryAdd(name, each);
            }
        }

        return names;
    }

    private static IEnumerable<string> NamesOf(GraphObject each)
    {
        var name = each.Name;
        yield return name;
        foreach (var alias in each.Aliases)
        {
            yield return alias;
        }

        if (each is { Kind: ObjectKind.Service, Namespace.Length: > 0 })
        {
            yield return $"{name}.{each.Namespace}";
            yield return $"{name}.{each.Namespace}.svc";
            yield return $"{name}.{each.Namespace}.svc.cluster.local";
        }
    }
}
