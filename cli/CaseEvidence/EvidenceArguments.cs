using System.CommandLine;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary>What the commands below <c>fm evidence</c> take.</summary>
internal static class EvidenceArguments
{
    public static Argument<string> Case { get; } = new("case")
    {
        Description = "The case, as fm case list prints it: cases/… or what follows the slash",
        HelpName = "CASE",
    };

    public static Argument<string> Evidence { get; } = new("evidence")
    {
        Description = "The evidence, as fm evidence list prints it: cases/…/evidence/…",
        HelpName = "EVIDENCE",
    };
}
