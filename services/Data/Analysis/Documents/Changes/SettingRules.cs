using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Changes;

/// <summary>Values that no setting of that name can have. What is merely unwise is left to people.</summary>
internal static class SettingRules
{
    private static readonly string[] s_placeholders =
        ["CHANGEME", "CHANGE_ME", "TODO", "FIXME", "undefined", "NaN", "<no value>", "REPLACE_ME"];

    /// <summary>What is wrong with <paramref name="value"/>; null if it may be right.</summary>
    public static string? WhatIsWrong(string key, string value)
    {
        var words = Names.Words(key);
        if (words.Count == 0)
        {
            return null;
        }

        if (s_placeholders.Contains(value))
        {
            return "a value that was never filled in";
        }

        if (value.StartsWith("${", StringComparison.Ordinal) && value.EndsWith('}') && value.Length == 3)
        {
            return "an empty reference";
        }

        if (!Values.TryNumber(value, out var number))
        {
            return null;
        }

        var last = words[^1];
        return last is "port" && (number < 0 || number > 65535 || number != Math.Floor(number)) ? "a port is between 0 and 65535"
            : number < 0 && number != -1
                && last is "timeout" or "replicas" or "connections" or "retries" or "limit" or "threads" or "workers" && number < -1
                ? "the value is negative"
            : number == 0 && Ends(words, "max", "connections") || (number == 0 && Ends(words, "pool", "size")) ? "nothing is allowed"
            : null;
    }

    private static bool Ends(IReadOnlyList<string> words, string one, string other) =>
        words.Count >= 2 && words[^2] == one && words[^1] == other;
}
