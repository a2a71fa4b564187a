using System.CommandLine;

namespace FaultMaven.Cli.Cases;

/// <summary>What commands that work on a case take.</summary>
internal static class CaseArguments
{
    public static Argument<string> Case { get; } = new("case")
    {
        Description = "The case: cases/…, its id, or the first characters of the id",
        HelpName = "CASE",
    };
}
