using System.CommandLine;
using FaultMaven.Cli.Terminal;
using FaultMaven.Protos.Session.V1;
using Grpc.Core;

namespace FaultMaven.Cli.Cases;

/// <summary>The options that say what a case is.</summary>
internal static class CaseDetailOptions
{
    private static readonly Option<string?> s_description = new("--description") { Description = "More about it", HelpName = "TEXT" };

    private static readonly Option<string?> s_priority = new Option<string?>("--priority")
    {
        Description = "How soon it is to be worked on",
        HelpName = "PRIORITY",
    }.AcceptOnlyFromAmong(Names<Case.Types.Priority>());

    private static readonly Option<string?> s_severity = new Option<string?>("--severity")
    {
        Description = "How bad its effect is",
        HelpName = "SEVERITY",
    }.AcceptOnlyFromAmong(Names<Case.Types.Severity>());

    private static readonly Option<string[]> s_tags = new("--tag")
    {
        Description = "A word to find it by; repeat it for more",
        HelpName = "TAG",
    };

    private static readonly Option<string?> s_service = new("--service")
    {
        Description = "The service that is affected",
        HelpName = "NAME",
    };

    private static readonly Option<string[]> s_links = new("--link")
    {
        Description = $"What another case has to do with it: {string.Join(", ", Names<CaseLink.Types.Relation>())}; repeat it for more",
        HelpName = "RELATION:CASE",
    };

    /// <summary>Who may see the case.</summary>
    public static Option<string?> Access { get; } = new Option<string?>("--access")
    {
        Description = "Who may see it: tenant (everyone of the tenant) or members (its owner and those it is shared with)",
        HelpName = "ACCESS",
    }.AcceptOnlyFromAmong(Names<Case.Types.Access>());

    public static IEnumerable<Option> All => [s_description, s_priority, s_severity, s_tags, s_service, s_links];

    /// <summary>What the options say.</summary>
    public static async Task<Case> ReadAsync(ParseResult parse, CallInvoker calls, CancellationToken cancellationToken)
    {
        var given = new Case
        {
            Description = parse.GetValue(s_description) ?? "",
            Priority = ValueOf<Case.Types.Priority>(parse.GetValue(s_priority)),
            Severity = ValueOf<Case.Types.Severity>(parse.GetValue(s_severity)),
            Tags = { parse.GetValue(s_tags) ?? [] },
            Service = parse.GetValue(s_service) ?? "",
        };
        foreach (var text in parse.GetValue(s_links) ?? [])
        {
            given.Links.Add(await ReadLinkAsync(text, calls, cancellationToken));
        }

        return given;
    }

    /// <summary>What <see cref="Access"/> says; unspecified if it is not given.</summary>
    public static Case.Types.Access AccessIn(ParseResult parse) => ValueOf<Case.Types.Access>(parse.GetValue(Access));

    private static async Task<CaseLink> ReadLinkAsync(string text, CallInvoker calls, CancellationToken cancellationToken)
    {
        if (text.Split(':', 2) is [var relation, { Length: > 0 } other] && Names<CaseLink.Types.Relation>().Contains(relation))
        {
            return new CaseLink
            {
                Relation = ValueOf<CaseLink.Types.Relation>(relation),
                Case = await CaseNames.FindAsync(calls, other, cancellationToken),
            };
        }

        throw new CommandFailedException(
            ExitCode.Usage,
            $"--link needs a relation ({string.Join(", ", Names<CaseLink.Types.Relation>())}) and a case, "
            + $"such as follows:0198c1e2, not '{text}'.");
    }

    private static string[] Names<TEnum>()
        where TEnum : struct, Enum =>
        [.. Enum.GetValues<TEnum>().Where(value => !value.Equals(default(TEnum))).Select(value => JsonOutput.Name(value))];

    private static TEnum ValueOf<TEnum>(string? name)
        where TEnum : struct, Enum =>
        Enum.GetValues<TEnum>().SingleOrDefault(value => JsonOutput.Name(value) == name);
}
