namespace FaultMaven.Redaction.Policies;

/// <summary>A pattern of a policy took longer on a text than it may. Nothing of the text may leave.</summary>
/// <param name="type">What the pattern finds; empty for one that allows values.</param>
internal sealed class PatternTooSlowException(string type) : Exception("A pattern of the redaction policy took too long.")
{
    public string Type => type;
}
