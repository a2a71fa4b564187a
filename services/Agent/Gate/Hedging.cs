using System.Text.RegularExpressions;

namespace FaultMaven.Agents.Gate;

/// <summary>Keeps the wording of an answer from being more certain than its assurance.</summary>
internal static partial class Hedging
{
    /// <summary>The text, as certain as <paramref name="assurance"/> allows; unchanged if it was not more certain.</summary>
    public static string Hold(string text, Proto.Assurance assurance) => assurance switch
    {
        Proto.Assurance.Confirmed => text,
        Proto.Assurance.Mechanistic => Tidy(Certainty().Replace(Assertion().Replace(text, "$1 is probably"), "")),
        _ => Tidy(Certainty().Replace(Probability().Replace(Assertion().Replace(text, "$1 may be"), "$1 may be"), "")),
    };

    private static string Tidy(string text) => Gap().Replace(text, " ");

    [GeneratedRegex(@"\b((?:root )?cause) (?:is|was)\b(?! (?:probably|likely|most likely|possibly|perhaps|unknown|not|unclear))",
        RegexOptions.IgnoreCase)]
    private static partial Regex Assertion();

    [GeneratedRegex(@"\b((?:root )?cause) is (?:probably|most likely|likely)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Probability();

    [GeneratedRegex(@"\b(?:definitely|certainly|undoubtedly|without (?:any )?doubt|unquestionably|clearly|provably|beyond doubt)\b,? ?",
        RegexOptions.IgnoreCase)]
    private static partial Regex Certainty();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Gap();
}
