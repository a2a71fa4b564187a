using FaultMaven.Redaction.Recognition;
using TypeState = FaultMaven.Protos.Redaction.V1.TypeRule.Types.State;

namespace FaultMaven.Redaction.Policies;

/// <summary>
/// Finds out whether a policy is fit for use before it is saved: nothing may run away, mean nothing, or let secrets leave by mistake.
/// </summary>
internal sealed class PolicyCheck(ForeignTypes foreign, TimeProvider time)
{
    private const int MaxSize = 256 * 1024;
    private const int MaxTypeRules = 500;
    private const int MaxValues = 1000;
    private const int MaxValueLength = 256;
    private const int MaxPatterns = 50;
    private const int MaxPatternLength = 1000;

    // Made up, and unlike each other: a pattern that allows two of them is about no value in particular.
    private static readonly string[] s_secrets =
    [
        "Zt7-made-up-91", "hunter2", "AKIAMADEUPEXAMPLE000", "made up words for tests", "eyJhbGciOi.bWFkZSB1cA.dGVzdHM",
        "-----BEGIN PRIVATE KEY-----\nTWFkZQ==\n-----END PRIVATE KEY-----",
    ];

    /// <summary>The first problem of a policy, or null.</summary>
    public PolicyProblem? ProblemOf(Proto.RedactionPolicy policy) =>
        policy.CalculateSize() > MaxSize ? Malformed("redaction_policy", $"must not exceed {MaxSize / 1024} KiB")
        : !Enum.IsDefined(policy.DefaultAction) ? Malformed("default_action", "must be a known action")
        : !Enum.IsDefined(policy.ExternalFailure) ? Malformed("external_failure", "must be a known mode")
        : ProblemOfCounts(policy)
            ?? policy.CustomRecognizers.Index().Select(r => ProblemOf(r.Item, $"custom_recognizers[{r.Index}]"))
                .FirstOrDefault(p => p is not null)
            ?? policy.DeniedValues.Index().Select(d => ProblemOf(d.Item, $"denied_values[{d.Index}]")).FirstOrDefault(p => p is not null)
            ?? policy.AllowedValues.Index().Select(a => ProblemOfAllowed(a.Item, $"allowed_values[{a.Index}]"))
                .FirstOrDefault(p => p is not null)
            ?? policy.AllowedPatterns.Index().Select(a => ProblemOfPattern(a.Item, $"allowed_patterns[{a.Index}]", isWhole: true))
                .FirstOrDefault(p => p is not null)
            ?? ProblemOfTypes(policy)
            ?? ProblemOfSecrets(policy);

    private static PolicyProblem? ProblemOfCounts(Proto.RedactionPolicy policy) =>
        policy.TypeRules.Count > MaxTypeRules ? Malformed("type_rules", $"must not hold more than {MaxTypeRules}")
        : policy.AllowedValues.Count > MaxValues ? Malformed("allowed_values", $"must not hold more than {MaxValues}")
        : policy.AllowedPatterns.Count > MaxPatterns ? Malformed("allowed_patterns", $"must not hold more than {MaxPatterns}")
        : policy.DeniedValues.Count > MaxValues ? Malformed("denied_values", $"must not hold more than {MaxValues}")
        : policy.CustomRecognizers.Count > MaxPatterns ? Malformed("custom_recognizers", $"must not hold more than {MaxPatterns}")
        : null;

    private PolicyProblem? ProblemOf(Proto.CustomRecognizer recognizer, string field) =>
        !KnownTypes.IsUsable(recognizer.Type)
            ? Malformed($"{field}.type", "must be 1 to 48 capitals, digits and '_', not end in a number, and be no group")
        : recognizer.Confidence is not (>= 0 and <= 1) ? Malformed($"{field}.confidence", "must be from 0 to 1")
        : ProblemOfPattern(recognizer.Pattern, $"{field}.pattern", isWhole: false);

    private static PolicyProblem? ProblemOf(Proto.DeniedValue denied, string field) =>
        !KnownTypes.IsUsable(denied.Type)
            ? Malformed($"{field}.type", "must be 1 to 48 capitals, digits and '_', not end in a number, and be no group")
        : denied.Value.Length is < 2 or > MaxValueLength ? Malformed($"{field}.value", $"must have 2 to {MaxValueLength} characters")
        : null;

    private static PolicyProblem? ProblemOfAllowed(string value, string field) =>
        value.Length is 0 or > MaxValueLength ? Malformed(field, $"must have 1 to {MaxValueLength} characters") : null;

    private PolicyProblem? ProblemOfPattern(string pattern, string field, bool isWhole)
    {
        if (pattern.Length is 0 or > MaxPatternLength)
        {
            return Malformed(field, $"must have 1 to {MaxPatternLength} characters");
        }

        var problem = CustomPattern.ProblemOf(pattern, time)
            ?? (isWhole ? CustomPattern.ProblemOf(CustomPattern.Whole(pattern), time) : null);
        return problem is null ? null : new PolicyProblem(PolicyProblemKind.PatternRefused, field, $"cannot be used ({problem})", problem);
    }

    private PolicyProblem? ProblemOfTypes(Proto.RedactionPolicy policy)
    {
        HashSet<string> types =
        [
            KnownTypes.AllSecrets, KnownTypes.AllPersonal, KnownTypes.AllNetwork, .. foreign.Names,
            .. policy.CustomRecognizers.Select(r => r.Type), .. policy.DeniedValues.Select(d => d.Type),
        ];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (i, rule) in policy.TypeRules.Index())
        {
            if (!types.Contains(rule.Type) && !KnownTypes.Contains(rule.Type))
            {
                return Malformed($"type_rules[{i}].type", "must be a type that a recogniser finds, or a group");
            }

            if (!seen.Add(rule.Type))
            {
                return Malformed($"type_rules[{i}].type", "must not have two rules");
            }

            if (!Enum.IsDefined(rule.State) || !Enum.IsDefined(rule.Action))
            {
                return Malformed($"type_rules[{i}]", "must have a known state and action");
            }
        }

        return null;
    }

    private PolicyProblem? ProblemOfSecrets(Proto.RedactionPolicy policy)
    {
        if (policy.SecretsMayLeave)
        {
            return null;
        }

        var off = policy.TypeRules.Where(rule => rule.State == TypeState.Off).Select(rule => rule.Type).ToHashSet(StringComparer.Ordinal);
        if (off.Contains(KnownTypes.AllSecrets) || (off.Contains(FindingTypes.Secret) && off.Contains(FindingTypes.Password)))
        {
            return Unprotected("type_rules", "must not turn secrets off unless secrets_may_leave is true");
        }

        foreach (var (i, pattern) in policy.AllowedPatterns.Index())
        {
            var whole = CustomPattern.Create(CustomPattern.Whole(pattern), time);
            if (s_secrets.Count(secret => whole.Matches(secret)) > 1)
            {
                return Unprotected($"allowed_patterns[{i}]",
                    "must not allow what any secret could look like unless secrets_may_leave is true");
            }
        }

        return null;
    }

    private static PolicyProblem Malformed(string field, string message) => new(PolicyProblemKind.Malformed, field, message);

    private static PolicyProblem Unprotected(string field, string message) => new(PolicyProblemKind.SecretsUnprotected, field, message);
}
