using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Analysis.Documents.Changes;

/// <summary>A setting that differs between two versions; null where it was not, or no longer is.</summary>
internal sealed record SettingChange(string Key, string? Before, string? After, string File, LineRange? At)
{
    /// <summary>Where the other version is, if that is in other evidence.</summary>
    public Proto.Citation? Elsewhere { get; init; }
}

/// <summary>A line that gives a setting its value.</summary>
internal static class Setting
{
    /// <summary>Reads <c>key = value</c>, <c>key: value</c>, <c>export KEY=value</c> and <c>"key": value,</c>.</summary>
    public static bool TryRead(ReadOnlySpan<char> line, out string key, out string value)
    {
        (key, value) = ("", "");
        var trimmed = line.Trim();
        if (trimmed.IsEmpty || trimmed[0] is '#' or ';' or '/' or '*' or '<' or '[' or '{' or '}')
        {
            return false;
        }

        trimmed = trimmed.StartsWith("- ", StringComparison.Ordinal) ? trimmed[2..]
            : trimmed.StartsWith("export ", StringComparison.Ordinal) ? trimmed[7..] : trimmed;
        var at = trimmed.IndexOfAny(':', '=');
        if (at <= 0)
        {
            return false;
        }

        var name = trimmed[..at].Trim().Trim("\"'");
        foreach (var letter in name)
        {
            if (!char.IsLetterOrDigit(letter) && letter is not ('_' or '-' or '.' or '/' or '[' or ']'))
            {
                return false;
            }
        }

        var rest = trimmed[(at + 1)..].Trim();
        var comment = rest.IndexOf(" #", StringComparison.Ordinal);
        key = name.ToString();
        value = (comment >= 0 ? rest[..comment] : rest).TrimEnd(',').Trim().Trim("\"'").ToString();
        return name.Length is > 0 and <= 200;
    }
}
