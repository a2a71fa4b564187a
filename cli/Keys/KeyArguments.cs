using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using FaultMaven.Protos.Names;

namespace FaultMaven.Cli.Keys;

/// <summary>What commands on keys take.</summary>
internal static class KeyArguments
{
    /// <summary>One key, by its name or id.</summary>
    public static Argument<ApiKeyName> Key { get; } = new("key")
    {
        Description = "The key, as fm key list prints it",
        HelpName = "KEY",
        CustomParser = result => Parse(result) is [var name] ? name : default,
    };

    /// <summary>One or more keys.</summary>
    public static Argument<ApiKeyName[]> Keys { get; } = new("keys")
    {
        Description = "The keys, as fm key list prints them",
        HelpName = "KEY",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = Parse,
    };

    /// <summary>A length of time, such as <c>90d</c>, <c>12h</c> or <c>30m</c>.</summary>
    public static TimeSpan? ParseTime(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            && number is >= 0 and < 10_000)
        {
            switch (text[^1])
            {
                case 'd':
                    return TimeSpan.FromDays(number);
                case 'h':
                    return TimeSpan.FromHours(number);
                case 'm':
                    return TimeSpan.FromMinutes(number);
                default:
                    break;
            }
        }

        result.AddError($"'{text}' is not a length of time; write 30d, 12h or 10m.");
        return null;
    }

    private static ApiKeyName[] Parse(ArgumentResult result)
    {
        const string Collection = "apiKeys/";
        var names = new List<ApiKeyName>();
        foreach (var token in result.Tokens)
        {
            var text = token.Value.StartsWith(Collection, StringComparison.Ordinal) ? token.Value : Collection + token.Value;
            if (ApiKeyName.TryParse(text, out var name))
            {
                names.Add(name);
            }
            else
            {
                // Not what was given: it may be the secret.
                result.AddError($"That is not the name of a key; write {ApiKeyName.Pattern}, as fm key list prints it.");
            }
        }

        return [.. names];
    }
}
