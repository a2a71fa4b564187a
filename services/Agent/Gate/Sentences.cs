using System.Text.RegularExpressions;

namespace FaultMaven.Agents.Gate;

/// <summary>Splits texts into sentences.</summary>
internal static partial class Sentences
{
    public static IReadOnlyList<string> Split(string text) => End().Split(text.Trim()) is [""] ? [] : End().Split(text.Trim());

    // A full stop inside a figure, a name or a path is not followed by a space.
    [GeneratedRegex(@"(?<=[.!?])\s+(?=[A-Z""(])")]
    private static partial Regex End();
}
