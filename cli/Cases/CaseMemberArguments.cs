using System.CommandLine;
using FaultMaven.Protos.Session.V1;

namespace FaultMaven.Cli.Cases;

/// <summary>How people name who has a role in a case.</summary>
internal static class CaseMemberArguments
{
    private const string Person = "person:";

    private static readonly string[] s_kinds = [Person, "service:", "key:", "team:"];

    /// <summary>Anyone who can have a role.</summary>
    public static Argument<string> Member { get; } = new("member")
    {
        Description = "Who: a person by the name that the identity provider has for them, team:NAME, service:NAME or key:ID",
        HelpName = "MEMBER",
    };

    /// <summary>Anyone who can own a case.</summary>
    public static Argument<string> Owner { get; } = new("owner")
    {
        Description = "Who: a person by the name that the identity provider has for them, service:NAME or key:ID",
        HelpName = "OWNER",
    };

    /// <summary>The member that is meant; without a kind it is a person.</summary>
    /// <exception cref="CommandFailedException">It looks like a kind, and is not one.</exception>
    public static string NameOf(string given)
    {
        if (s_kinds.Any(kind => given.StartsWith(kind, StringComparison.Ordinal)))
        {
            return given;
        }

        var end = given.IndexOf(':', StringComparison.Ordinal);
        return end > 0 && given[..end].All(char.IsAsciiLetter)
            ? throw new CommandFailedException(
                ExitCode.Usage,
                $"'{given[..end]}:' is not a kind of member; there are {string.Join(", ", s_kinds)}. "
                + $"For a person of this name give {Person}{given}.")
            : $"{Person}{given}";
    }

    /// <summary>What to do where sharing a case makes no difference; null where it does.</summary>
    public static string? AdviceFor(Case found) => found.Access == Case.Types.Access.Members
        ? null
        : $"Everyone of the tenant sees this case; fm case update {found.Name} --access members keeps it to its owner and members.";
}
