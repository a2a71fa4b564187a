namespace FaultMaven.Redaction.Policies;

/// <summary>Why a policy can't be saved.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Field">Where, as a path in the policy: <c>custom_recognizers[2].pattern</c>.</param>
/// <param name="Message">What is wanted, continuing "<c>field</c> …".</param>
/// <param name="Detail">Of a pattern: how it fails, as <c>ERROR_REASON_PATTERN_REFUSED</c> names it. Empty otherwise.</param>
internal sealed record PolicyProblem(PolicyProblemKind Kind, string Field, string Message, string Detail = "");

internal enum PolicyProblemKind
{
    Malformed,
    PatternRefused,
    SecretsUnprotected,
}
