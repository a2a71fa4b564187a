namespace FaultMaven.Data.Query.Signals;

/// <summary>
/// What the signals of a case say is well, and which pods still restart, looked up by name: there may be thousands of signals, each of
/// which asks. Built once, from facts that correlation does not change.
/// </summary>
internal sealed class HealthIndex
{
    private readonly Dictionary<string, HashSet<string>> _names = [];
    private readonly Dictionary<string, HashSet<string>> _subjects = [];
    private readonly HashSet<string> _restarting = [];

    /// <param name="signals">The signals of the case.</param>
    /// <param name="isStillRestarting">Whether a signal shows a container that may well crash again.</param>
    public HealthIndex(IEnumerable<Proto.Signal> signals, Func<Proto.Signal, bool> isStillRestarting)
    {
        foreach (var signal in signals)
        {
            if (signal.State == Proto.SignalState.Normal
                && signal.Kind is "nodes.ready" or "deployments.available" or "pods.ready" or "pods.some_ready")
            {
                Of(_subjects, signal.Kind).Add(signal.Subject);
                var names = signal.Attributes.GetValueOrDefault("names", "");
                Of(_names, signal.Kind).UnionWith(names.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }

            if (isStillRestarting(signal))
            {
                _restarting.Add(signal.Subject);
            }
        }
    }

    /// <summary>Whether a signal of this kind says that all is well with what is called so.</summary>
    public bool Lists(string kind, string name) => _names.TryGetValue(kind, out var names) && names.Contains(name);

    /// <summary>Whether a signal of this kind is about this subject.</summary>
    public bool IsAbout(string kind, string subject) => _subjects.TryGetValue(kind, out var subjects) && subjects.Contains(subject);

    /// <summary>Whether a pod is ready now, or is gone and all pods of what it belonged to are ready.</summary>
    public bool IsPodWell(string pod)
    {
        if (_restarting.Contains($"pod/{pod}"))
        {
            return false;
        }

        if (Lists("pods.ready", pod) || Lists("pods.some_ready", pod))
        {
            return true;
        }

        // shop-6d5f7c9b88-q2wzx belongs to shop, or to shop-6d5f7c9b88.
        for (var dash = pod.IndexOf('-', StringComparison.Ordinal); dash > 0; dash = pod.IndexOf('-', dash + 1))
        {
            if (IsAbout("pods.ready", $"workload/{pod[..dash]}"))
            {
                return true;
            }
        }

        return false;
    }

    private static HashSet<string> Of(Dictionary<string, HashSet<string>> sets, string kind)
    {
        if (!sets.TryGetValue(kind, out var set))
        {
            sets.Add(kind, set = new HashSet<string>(StringComparer.Ordinal));
        }

        return set;
    }
}
