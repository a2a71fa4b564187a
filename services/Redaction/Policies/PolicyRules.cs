using System.Buffers;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Policies;

/// <summary>
/// What a policy changes about the findings in a text: what is off or allowed goes, what it finds itself and what is denied comes.
/// </summary>
internal sealed class PolicyRules
{
    private readonly Func<string, bool> _isOn;
    private readonly HashSet<string> _allowed;
    private readonly CustomPattern[] _allowedPatterns;
    private readonly (CustomPattern Pattern, string Type, double Confidence)[] _recognizers;
    private readonly (string Value, string Type)[] _denied;
    private readonly SearchValues<string> _deniedValues;

    public PolicyRules(Proto.RedactionPolicy policy, Func<string, bool> isOn, TimeProvider time)
    {
        _isOn = isOn;
        _allowed = new HashSet<string>(policy.AllowedValues, StringComparer.Ordinal);
        _allowedPatterns = [.. policy.AllowedPatterns.Select(pattern => CustomPattern.Create(CustomPattern.Whole(pattern), time))];
        _recognizers = [.. policy.CustomRecognizers.Select(r =>
            (CustomPattern.Create(r.Pattern, time), r.Type, r.Confidence == 0 ? 0.8 : r.Confidence))];

        // The longest first, so that it is the one that is found where two begin.
        _denied = [.. policy.DeniedValues.Select(d => (d.Value, d.Type)).OrderByDescending(d => d.Value.Length)];
        _deniedValues = SearchValues.Create([.. _denied.Select(d => d.Value)], StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a value must not leave.</summary>
    public bool Redacts(string type, ReadOnlySpan<char> value) => _isOn(type) && !IsAllowed(value);

    /// <summary>A <see cref="Refinement"/>, with the budget of the call.</summary>
    /// <exception cref="PatternTooSlowException">The budget is spent.</exception>
    public void Refine(ReadOnlySpan<char> text, FindingList findings, PatternBudget budget)
    {
        var started = budget.Begin(text.Length);
        foreach (var (pattern, type, confidence) in _recognizers)
        {
            pattern.Find(text, type, confidence, findings);
            started = budget.Spend(started, type);
        }

        findings.RemoveAll(text, (all, finding) =>
        {
            var redacts = Redacts(finding.Type, all[finding.Start..finding.End]);
            started = _allowedPatterns.Length > 0 ? budget.Spend(started, "") : started;
            return !redacts;
        });
        AddDenied(text, findings);
    }

    private bool IsAllowed(ReadOnlySpan<char> value)
    {
        if (_allowed.Count > 0 && _allowed.GetAlternateLookup<ReadOnlySpan<char>>().Contains(value))
        {
            return true;
        }

        foreach (var pattern in _allowedPatterns)
        {
            if (pattern.Matches(value))
            {
                return true;
            }
        }

        return false;
    }

    private void AddDenied(ReadOnlySpan<char> text, FindingList findings)
    {
        if (_denied.Length == 0)
        {
            return;
        }

        for (var at = 0; text[at..].IndexOfAny(_deniedValues) is var next and >= 0; at++)
        {
            at += next;
            foreach (var (value, type) in _denied)
            {
                if (text[at..].StartsWith(value, StringComparison.OrdinalIgnoreCase))
                {
                    findings.Add(type, at, at + value.Length, 1);
                    break;
                }
            }
        }
    }
}
