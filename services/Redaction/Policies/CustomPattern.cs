using System.Text.RegularExpressions;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Policies;

/// <summary>
/// A regular expression of a policy. It needs no backtracking, so its time is in proportion to the text; because the factor may still be
/// large, and a text may hold many matches that each look far ahead, it has a budget too.
/// </summary>
internal sealed class CustomPattern
{
    /// <summary>The name of the group that is the value, if a pattern has one.</summary>
    public const string ValueGroup = "value";

    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline
        | RegexOptions.ExplicitCapture;

    // Ordinary patterns take a hundredth of it for a window, which leaves room for a busy machine.
    private static readonly TimeSpan s_budget = TimeSpan.FromSeconds(2);

    private readonly Regex _regex;
    private readonly TimeProvider _time;
    private readonly TimeSpan _budget;
    private readonly bool _hasValue;

    private CustomPattern(Regex regex, TimeProvider time, TimeSpan budget)
    {
        _regex = regex;
        _time = time;
        _budget = budget;
        _hasValue = regex.GroupNumberFromName(ValueGroup) >= 0;
    }

    /// <summary>Takes a pattern that was found fit before.</summary>
    public static CustomPattern Create(string pattern, TimeProvider time) => new(new Regex(pattern, Options, s_budget), time, s_budget);

    /// <summary>The pattern that matches what another one does, if that is all of a value.</summary>
    public static string Whole(string pattern) => $@"\A(?:{pattern})\z";

    /// <summary>What is wrong with a pattern, as <c>ERROR_REASON_PATTERN_REFUSED</c> names it, or null.</summary>
    public static string? ProblemOf(string pattern, TimeProvider time)
    {
        try
        {
            var regex = new Regex(pattern, Options, PatternProbe.Budget);
            return regex.IsMatch("") ? "matches_nothing"
                : PatternProbe.Passes(() => new CustomPattern(new Regex(pattern, Options, PatternProbe.Budget), time, PatternProbe.Budget),
                pattern) ? null : "too_slow";
        }
        catch (NotSupportedException)
        {
            // It needs backtracking, or its automaton would be too large. The type of the exception is the same.
            return "not_linear";
        }
        catch (ArgumentException)
        {
            return "syntax";
        }
    }

    /// <summary>Adds a finding for every match.</summary>
    /// <exception cref="PatternTooSlowException">The budget is spent.</exception>
    public void Find(ReadOnlySpan<char> text, string type, double confidence, FindingList findings)
    {
        var started = _time.GetTimestamp();
        try
        {
            if (_hasValue)
            {
                for (var match = _regex.Match(text.ToString()); match.Success; match = match.NextMatch())
                {
                    var value = match.Groups[ValueGroup];
                    findings.Add(type, value.Index, value.Index + value.Length, confidence);
                    CheckBudget(type, started);
                }
            }
            else
            {
                foreach (var match in _regex.EnumerateMatches(text))
                {
                    findings.Add(type, match.Index, match.Index + match.Length, confidence);
                    CheckBudget(type, started);
                }
            }
        }
        catch (RegexMatchTimeoutException)
        {
            throw new PatternTooSlowException(type);
        }
    }

    /// <summary>Whether it matches a value.</summary>
    /// <exception cref="PatternTooSlowException">The budget is spent.</exception>
    public bool Matches(ReadOnlySpan<char> value)
    {
        try
        {
            return _regex.IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            throw new PatternTooSlowException("");
        }
    }

    private void CheckBudget(string type, long started)
    {
        if (_time.GetElapsedTime(started) > _budget)
        {
            throw new PatternTooSlowException(type);
        }
    }
}
