using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Profiles;

/// <summary>Reads profiles of speedscope and of V8 (<c>.cpuprofile</c>).</summary>
internal static class ProfileDocument
{
    private const int MaxDepth = 1000;

    public static Profile Read(Node root, CancellationToken cancellationToken)
    {
        var profile = new Profile();
        if (root.First("shared/frames") is { IsList: true } frames)
        {
            foreach (var part in root.First("profiles")?.Items ?? [])
            {
                ReadSpeedscope(part, frames, profile, cancellationToken);
            }
        }
        else if (root.First("nodes") is { IsList: true } nodes)
        {
            ReadV8(root, nodes, profile, cancellationToken);
        }

        return profile;
    }

    // {"shared": {"frames": [{"name": "main"}]}, "profiles": [{"type": "sampled", "samples": [[0]], "weights": [12]}]}
    private static void ReadSpeedscope(Node part, Node frames, Profile profile, CancellationToken cancellationToken)
    {
        var weights = part.First("weights")?.Items ?? [];
        var samples = part.First("samples")?.Items ?? [];
        for (var i = 0; i < samples.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var weight = i < weights.Count && Values.TryNumber(weights[i].Text, out var given) ? given : 1;
            var stack = samples[i].Items.Take(MaxDepth).Select(index => FrameAt(frames, index)).OfType<Node>().ToList();
            if (stack.Count > 0 && weight > 0)
            {
                profile.AddStack([.. stack.Select(NameOf)], weight, At(stack[^1]));
            }
        }

        ReadEvents(part, frames, profile, cancellationToken);
    }

    // {"type": "evented", "events": [{"type": "O", "frame": 0, "at": 0}, {"type": "C", "frame": 0, "at": 12}]}
    private static void ReadEvents(Node part, Node frames, Profile profile, CancellationToken cancellationToken)
    {
        var open = new List<Node>();
        var last = 0d;
        foreach (var happened in part.First("events")?.Items ?? [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (happened.NumberOf("at") is not { } at || happened.First("frame") is not { } index
                || FrameAt(frames, index) is not { } frame)
            {
                continue;
            }

            if (open.Count > 0 && at > last)
            {
                profile.AddStack([.. open.Select(NameOf)], at - last, At(open[^1]));
            }

            last = at;
            if (happened.TextOf("type") == "O" && open.Count < MaxDepth)
            {
                open.Add(frame);
            }
            else if (happened.TextOf("type") == "C" && open.Count > 0)
            {
                open.RemoveAt(open.Count - 1);
            }
        }
    }

    // {"nodes": [{"id": 1, "callFrame": {"functionName": "total", "url": "cart.js", "lineNumber": 4}, "hitCount": 42}], "samples": [1, 1]}
    private static void ReadV8(Node root, Node nodes, Profile profile, CancellationToken cancellationToken)
    {
        var hits = (root.First("samples")?.Items ?? []).GroupBy(sample => sample.Text)
            .ToDictionary(group => group.Key, group => (double)group.Count());
        foreach (var node in nodes.Items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var own = hits.Count > 0 ? hits.GetValueOrDefault(node.TextOf("id")) : node.NumberOf("hitCount") ?? 0;
            var name = node.TextOf("callFrame/functionName", "functionName");
            var url = node.TextOf("callFrame/url", "url");
            if (own > 0)
            {
                profile.AddFrame($"{(name.Length > 0 ? name : "(anonymous)")}{(url.Length > 0 ? $" ({url})" : "")}", own, own,
                    At(node.First("callFrame/functionName", "callFrame") ?? node));
            }
        }
    }

    private static Node? FrameAt(Node frames, Node index) =>
        Values.TryNumber(index.Text, out var at) && at >= 0 && at < frames.Items.Count ? frames.Items[(int)at] : null;

    private static string NameOf(Node frame) => frame.TextOf("name") is { Length: > 0 } name
        ? frame.TextOf("file") is { Length: > 0 } file ? $"{name} ({file})" : name
        : "(anonymous)";

    private static LineRange At(Node node) => new(node.Line, node.EndLine);
}
