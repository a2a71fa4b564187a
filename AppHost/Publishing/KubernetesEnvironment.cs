using Map = System.Collections.Generic.OrderedDictionary<string, object>;

namespace FaultMaven.AppHost.Publishing;

/// <summary>
/// A container's variables. One that contains a secret names it as <c>$(…)</c>, and the secret comes before it: Kubernetes resolves in
/// order.
/// </summary>
internal sealed class KubernetesEnvironment(string secretObject, SortedSet<string> secrets)
{
    private readonly SortedSet<string> _used = new(StringComparer.Ordinal);

    public string Write(object value) => new ValueWriter(text => text, Secret).Write(value);

    public List<Map> Variables(Workload workload)
    {
        var variables = workload.Environment
            .Where(variable => variable.Value is not ParameterResource)
            .Select(variable => new Map { ["name"] = variable.Key, ["value"] = Write(variable.Value) })
            .ToList();
        if (workload.IsService)
        {
            variables.Add(new Map { ["name"] = "OTEL_SERVICE_NAME", ["value"] = workload.Name });
        }

        var whole = workload.Environment
            .Where(variable => variable.Value is ParameterResource)
            .ToDictionary(variable => variable.Key, variable => Probe.VariableOf((ParameterResource)variable.Value));
        foreach (var secret in _used)
        {
            whole.TryAdd(secret, secret);
        }

        secrets.UnionWith(whole.Values);
        return
        [
            .. whole.OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => FromSecret(variable.Key, variable.Value)),
            .. variables,
        ];
    }

    private Map FromSecret(string name, string key) => new()
    {
        ["name"] = name,
        ["valueFrom"] = new Map { ["secretKeyRef"] = new Map { ["name"] = secretObject, ["key"] = key } },
    };

    private string Secret(ParameterResource parameter)
    {
        var name = Probe.VariableOf(parameter);
        _used.Add(name);
        return $"$({name})";
    }
}
