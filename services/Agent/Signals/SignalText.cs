using System.Text.RegularExpressions;

namespace FaultMaven.Agents.Signals;

/// <summary>How signals are named and quoted in sentences.</summary>
internal static partial class SignalText
{
    // What signals are found in or computed from; not a part of the system.
    private static readonly HashSet<string> s_notThings =
        ["file", "metric", "query", "statement", "alert", "trace", "profile", "plan", "text"];

    // Types that are part of the name in a sentence; the others (`metric/CPUUtilization`, `file/app.log`) are clear from the name alone.
    private static readonly HashSet<string> s_namedTypes =
        ["pod", "node", "deployment", "service", "job", "namespace", "container", "database", "instance", "statefulset", "daemonset",
            "alert", "host"];

    /// <summary><c>pod/web-7f9</c> as "pod web-7f9", <c>metric/CPUUtilization</c> as "CPUUtilization".</summary>
    public static string Subject(Data.Signal signal)
    {
        if (signal.Subject.Length == 0)
        {
            return signal.Citations.FirstOrDefault()?.FileName ?? "";
        }

        var slash = signal.Subject.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return signal.Subject;
        }

        var (type, name) = (signal.Subject[..slash], signal.Subject[(slash + 1)..]);
        return s_namedTypes.Contains(type) ? $"{type} {name}" : name;
    }

    /// <summary>
    /// The part of the system that a signal is about: a service, a host, a pod; empty if it is about none, or its name is not one.
    /// </summary>
    public static string Thing(Data.Signal signal)
    {
        var slash = signal.Subject.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || s_notThings.Contains(signal.Subject[..slash]))
        {
            return "";
        }

        // A column of a table may follow its name.
        var name = Gap().Split(signal.Subject[(slash + 1)..])[0];
        return Name().IsMatch(name) && !Person().IsMatch(name) && name.Any(char.IsLetter)
            ? s_namedTypes.Contains(signal.Subject[..slash]) ? $"{signal.Subject[..slash]} {name}" : name
            : "";
    }

    /// <summary>The sentence of a signal, ended by one full stop.</summary>
    public static string Sentence(Data.Signal signal) => Sentence(signal.Summary);

    /// <summary>A text that starts in upper case, unless it starts with the name of something, with one full stop at its end.</summary>
    public static string Sentence(string text)
    {
        text = text.Trim();
        if (text.Length == 0)
        {
            return "";
        }

        var first = text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? space : text.Length).TrimEnd(":,;.");
        var start = first.ContainsAnyExceptInRange('a', 'z') ? text[0] : char.ToUpperInvariant(text[0]);
        return $"{start}{text[1..].TrimEnd('.', ' ')}.";
    }

    /// <summary>A text that starts in lower case, unless it starts with an acronym or a name.</summary>
    public static string Lower(string text)
    {
        var first = text.AsSpan(0, text.IndexOf(' ', StringComparison.Ordinal) is > 0 and var space ? space : text.Length);
        return first.Length == 0 || first[1..].ContainsAnyExceptInRange('a', 'z') ? text : $"{char.ToLowerInvariant(text[0])}{text[1..]}";
    }

    /// <summary>A text as part of a sentence: without its full stop.</summary>
    public static string Clause(string text) => text.Trim().TrimEnd('.', ' ');

    /// <summary>A value as part of a sentence: a frame of a stack trace, <c>at Orders.Total</c>, without its preposition.</summary>
    public static string Value(string text) => Clause(text.TrimStart() is ['a' or 'A', 't', ' ', .. var place] ? place : text);

    [GeneratedRegex(@"\s{2,}|\t")]
    private static partial Regex Gap();

    [GeneratedRegex(@"^[\p{L}\d</][^\s%""'={}|\\]*$")]
    private static partial Regex Name();

    [GeneratedRegex("PERSON_[0-9]+")]
    private static partial Regex Person();
}
