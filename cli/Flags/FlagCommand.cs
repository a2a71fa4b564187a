using System.CommandLine;
using System.CommandLine.Parsing;
using FaultMaven.Protos.Names;

namespace FaultMaven.Cli.Flags;

/// <summary><c>fm flag</c>: what can be switched while the system runs.</summary>
internal static class FlagCommand
{
    public static Command Create(TimeProvider time) => new("flag", "Switch what can be switched while the system runs.")
    {
        ListCommand.Create(time),
        SetCommand.Create(time),
        ResetCommand.Create(time),
    };

    /// <summary>The argument that names a flag.</summary>
    public static Argument<FlagName> Name() => new("name")
    {
        Description = "The flag, as fm flag list prints it",
        HelpName = "NAME",
        CustomParser = Parse,
    };

    private static FlagName Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (FlagName.TryParse(text, out var name) || FlagName.TryParse($"flags/{text}", out name))
        {
            return name;
        }

        result.AddError($"'{text}' is not the name of a flag.");
        return default;
    }
}
