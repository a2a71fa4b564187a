using FaultMaven.Redaction.Recognition;
using RedactionAction = FaultMaven.Protos.Redaction.V1.RedactionAction;
using TypeState = FaultMaven.Protos.Redaction.V1.TypeRule.Types.State;

namespace FaultMaven.Redaction.Policies;

/// <summary>A version of a policy, ready for use. Stateless, so it serves all threads.</summary>
internal sealed class CompiledPolicy
{
    private readonly Proto.RedactionPolicy _policy;
    private readonly Dictionary<string, Proto.TypeRule> _types;
    private readonly HashSet<string> _ownTypes;
    private readonly PolicyRules? _rules;
    private readonly RecognitionEngine _engine;
    private readonly TimeProvider _time;

    /// <param name="policy">The policy, found fit before.</param>
    /// <param name="engine">What finds the types that it asks for.</param>
    /// <param name="time">Measures what its patterns take.</param>
    public CompiledPolicy(Proto.RedactionPolicy policy, RecognitionEngine engine, TimeProvider time)
    {
        _policy = policy;
        _types = policy.TypeRules.ToDictionary(rule => rule.Type, StringComparer.Ordinal);
        _ownTypes = [.. policy.CustomRecognizers.Select(r => r.Type), .. policy.DeniedValues.Select(d => d.Type)];
        _rules = ChangesFindings(policy) ? new PolicyRules(policy, IsOn, time) : null;
        Name = $"{policy.Name}@{policy.Version}";
        _engine = engine;
        _time = time;
    }

    /// <summary><c>redactionPolicies/{policy}@{version}</c>.</summary>
    public string Name { get; }

    /// <summary>Finds what the policy redacts, within the time that its patterns may take for one call.</summary>
    public RecognitionEngine EngineForCall()
    {
        if (_rules is null)
        {
            return _engine;
        }

        var budget = new PatternBudget(_time);
        return _engine.Refined((text, findings) => _rules.Refine(text, findings, budget));
    }

    /// <summary>What to do without the external recogniser.</summary>
    public Proto.ExternalFailureMode ExternalFailure => _policy.ExternalFailure;

    /// <summary>Whether a value that another recogniser found must not leave.</summary>
    public bool Redacts(string type, ReadOnlySpan<char> value) => _rules?.Redacts(type, value) ?? IsOn(type);

    /// <summary>What happens to values of a type.</summary>
    public RedactionAction ActionOf(string type) => type == FindingTypes.Literal ? RedactionAction.Pseudonym
        : RuleOf(type, rule => rule.Action) switch
    {
        not RedactionAction.Unspecified and var action => action,
        _ when _policy.DefaultAction != RedactionAction.Unspecified => _policy.DefaultAction,
        _ => RedactionAction.Pseudonym,
    };

    /// <summary>Whether a type is one that we know, or the policy.</summary>
    public bool Knows(string type) => KnownTypes.Contains(type) || _ownTypes.Contains(type);

    /// <summary>Whether a policy asks for a type.</summary>
    public bool IsOn(string type) => RuleOf(type, rule => rule.State) switch
    {
        TypeState.On => true,
        TypeState.Off => false,
        _ => !KnownTypes.Optional.Contains(type),
    };

    // The type's own rule, if that leaves it open the group's.
    private T RuleOf<T>(string type, Func<Proto.TypeRule, T> field)
        where T : struct, Enum
    {
        var own = _types.TryGetValue(type, out var rule) ? field(rule) : default;
        return !own.Equals(default(T)) || KnownTypes.GroupOf(type) is not { } group || !_types.TryGetValue(group, out var groupRule) ? own
            : field(groupRule);
    }

    private static bool ChangesFindings(Proto.RedactionPolicy policy) =>
        policy.TypeRules.Any(rule => rule.State != TypeState.Unspecified) || policy.AllowedValues.Count + policy.AllowedPatterns.Count
        + policy.DeniedValues.Count + policy.CustomRecognizers.Count > 0;
}
