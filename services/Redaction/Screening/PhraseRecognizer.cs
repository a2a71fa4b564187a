using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Screening;

/// <summary>
/// Passages that are known by their form. A finding has the name of its <see cref="Protos.Redaction.V1.PassageKind"/> as its type.
/// </summary>
internal sealed class PhraseRecognizer : Recognizer
{
    private readonly (ScreeningRule Rule, string Type)[] _rules;

    public PhraseRecognizer(IEnumerable<ScreeningRule> rules)
    {
        var literals = rules.SelectMany(rule => rule.Literals, (rule, text) => (Rule: rule, Text: text)).ToArray();
        _rules = Array.ConvertAll(literals, literal => (literal.Rule, literal.Rule.Kind.ToString()));
        Literals = Array.ConvertAll(literals, literal => new Literal(literal.Text, literal.Rule.Start));
    }

    public override IReadOnlyList<Literal> Literals { get; }

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        // What follows in the same line is the demand itself.
        if (findings.Count > 0 && at < findings[^1].End)
        {
            return;
        }

        var (rule, type) = _rules[literal];
        if (rule.Match(text, at) is var start and >= 0)
        {
            findings.Add(type, start, Math.Max(at + 1, TextScreener.EndOf(text, at)), 1);
        }
    }
}
