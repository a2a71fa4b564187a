using System.CommandLine;
using System.CommandLine.Parsing;
using FaultMaven.Protos.Names;

namespace FaultMaven.Cli.Outbox;

/// <summary>The dead letters that a command is given.</summary>
internal static class DeadLetterArguments
{
    public static Argument<DeadLetterName[]> Create() => new("names")
    {
        Description = "The events, as fm outbox list prints them",
        HelpName = "NAME",
        Arity = ArgumentArity.OneOrMore,
        CustomParser = Parse,
    };

    private static DeadLetterName[] Parse(ArgumentResult result)
    {
        var names = new List<DeadLetterName>();
        foreach (var token in result.Tokens)
        {
            if (DeadLetterName.TryParse(token.Value, out var name))
            {
                names.Add(name);
            }
            else
            {
                result.AddError($"'{token.Value}' is not the name of a dead letter; write {DeadLetterName.Pattern}.");
            }
        }

        return [.. names];
    }
}
