namespace FaultMaven.Agents.Catalogue;

/// <summary>Which signals support or contradict a failure mode.</summary>
/// <param name="Kind">A kind of signal, or the start of several followed by <c>*</c>.</param>
/// <param name="State">The state the signal must be in; null means any.</param>
/// <param name="Weight">How strong a match is: above 0, up to 1.</param>
/// <param name="Where">What its attributes must hold.</param>
internal sealed record SignalPattern(string Kind, Data.SignalState? State, double Weight, IReadOnlyList<AttributeCondition> Where)
{
    public bool Matches(Data.Signal signal) =>
        (State is null || signal.State == State)
        && TextPattern.Matches(Kind, signal.Kind)
        && Where.All(condition => condition.Holds(signal));
}

/// <summary>What an attribute of a signal must hold.</summary>
/// <param name="Name">The attribute, or <c>subject</c>.</param>
/// <param name="Alternatives">Texts of which one must match; <c>*</c> at either end matches anything. Case does not matter.</param>
/// <param name="Negated">True if none of them may match.</param>
internal sealed record AttributeCondition(string Name, IReadOnlyList<string> Alternatives, bool Negated)
{
    public const string Subject = "subject";

    /// <summary>In statements: what the signal says. Conditions cannot use it.</summary>
    public const string Summary = "summary";

    public bool Holds(Data.Signal signal)
    {
        var value = Name == Subject ? signal.Subject : signal.Attributes.GetValueOrDefault(Name);
        return value is not null && Alternatives.Any(alternative => TextPattern.Matches(alternative, value)) != Negated;
    }
}

/// <summary>Matches texts against <c>exact</c>, <c>start*</c>, <c>*end</c> and <c>*middle*</c>, ignoring case.</summary>
internal static class TextPattern
{
    public static bool Matches(string pattern, string text) => (pattern.StartsWith('*'), pattern.EndsWith('*')) switch
    {
        _ when pattern == "*" => true,
        (true, true) => text.Contains(pattern[1..^1], StringComparison.OrdinalIgnoreCase),
        (true, false) => text.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase),
        (false, true) => text.StartsWith(pattern[..^1], StringComparison.OrdinalIgnoreCase),
        _ => text.Equals(pattern, StringComparison.OrdinalIgnoreCase),
    };
}
