using System.CommandLine.Parsing;
using System.Globalization;

namespace FaultMaven.Cli.Audit;

/// <summary>An entry of an audit log as it was at some time.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Hash">Its hash.</param>
internal sealed record KnownEntry(long Number, string Hash)
{
    /// <summary>Reads <c>NUMBER:HASH</c>.</summary>
    public static KnownEntry? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text.Split(':') is [var number, { Length: > 0 } hash]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) && sequence > 0)
        {
            return new KnownEntry(sequence, hash);
        }

        result.AddError($"--known needs the number and the hash of an entry, such as 42:9f86d081…, not '{text}'.");
        return null;
    }
}
