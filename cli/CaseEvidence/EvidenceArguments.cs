using System.CommandLine;
using System.Globalization;
using FaultMaven.Cli.Cases;
using Grpc.Core;

namespace FaultMaven.Cli.CaseEvidence;

/// <summary>What the commands below <c>fm evidence</c> take.</summary>
internal static class EvidenceArguments
{
    public static Argument<string> Evidence { get; } = new("evidence")
    {
        Description = "The evidence: cases/…/evidence/…; both ids may be cut short",
        HelpName = "EVIDENCE",
    };

    public static Argument<string> CaseOrEvidence { get; } = new("case")
    {
        Description = "A case, or one piece of its evidence: cases/…/evidence/…",
        HelpName = "CASE",
    };

    /// <summary>The case that was given, and the evidence; the latter is empty if a case alone was given.</summary>
    public static async Task<(string Parent, string Evidence)> FindAsync(
        CallInvoker calls, ParseResult parse, CancellationToken cancellationToken)
    {
        var given = parse.GetRequiredValue(CaseOrEvidence);
        if (!given.Contains("/evidence/", StringComparison.Ordinal))
        {
            return (await CaseNames.FindAsync(calls, given, cancellationToken), "");
        }

        var evidence = await CaseNames.FindEvidenceAsync(calls, given, cancellationToken);
        return (string.Join('/', evidence.Split('/').Take(2)), evidence);
    }

    /// <summary>An option that takes a time.</summary>
    public static Option<DateTimeOffset?> Time(string name, string description) => new(name)
    {
        Description = $"{description}, such as 2026-03-11T14:00Z; UTC unless it has an offset",
        HelpName = "TIME",
        CustomParser = result =>
        {
            if (DateTimeOffset.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                return time;
            }

            result.AddError($"{name} needs a time such as 2026-03-11T14:00Z, not '{result.Tokens[0].Value}'.");
            return null;
        },
    };
}
