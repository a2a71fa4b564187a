using System.Text.RegularExpressions;

namespace FaultMaven.Data.Tests.Signals;

/// <summary>Finds names of kinds of signal in source text: strings such as <c>"pod.oom_killed"</c>.</summary>
internal static partial class SignalNames
{
    public static IEnumerable<string> In(string source) => Quoted().Matches(source).Select(match => match.Groups[1].Value);

    [GeneratedRegex("\"([a-z_]+\\.[a-z_]+)\"")]
    private static partial Regex Quoted();
}
