using FaultMaven.Protos.Session.V1;

namespace FaultMaven.Protos;

/// <summary>Who may do what in a case.</summary>
public sealed class CaseAccess
{
    private const string TeamPrefix = "team:";

    private readonly bool _isForMembers;
    private readonly string _owner;
    private readonly IReadOnlyCollection<CaseMember> _members;

    private CaseAccess(bool isForMembers, string owner, IReadOnlyCollection<CaseMember> members) =>
        (_isForMembers, _owner, _members) = (isForMembers, owner, members);

    /// <summary>Who owns it, such as <c>person:ann</c>; empty for no one.</summary>
    public string Owner => _owner;

    /// <summary>What the fields of a case say.</summary>
    public static CaseAccess Of(Case found) =>
        new(found.Access == Case.Types.Access.Members, found.Owner, [.. found.Members]);

    /// <summary>The most that someone of its tenant may do; null if the case is hidden from them.</summary>
    /// <param name="actor">Who, such as <c>person:ann</c>.</param>
    /// <param name="teams">The teams that they are in.</param>
    /// <param name="roles">Their roles in the tenant.</param>
    public CaseRight? RightOf(string actor, IEnumerable<string> teams, IEnumerable<Role> roles)
    {
        if (actor == _owner)
        {
            return CaseRight.Own;
        }

        if (!_isForMembers)
        {
            return _owner.Length == 0 || roles.Contains(Role.Admin) ? CaseRight.Own : CaseRight.Delete;
        }

        var rights = _members.Where(member => IsMeant(member.Member, actor, teams)).Select(member => RightOf(member.Role)).ToList();
        return rights.Count > 0 ? rights.Max() : null;
    }

    /// <summary>The least role in a case with a right, as people write it.</summary>
    public static string LeastRole(CaseRight right) => right switch
    {
        CaseRight.Read => "viewer",
        CaseRight.Contribute => "support",
        CaseRight.Change => "collaborator",
        _ => "owner",
    };

    // A newer version may know roles that this one does not.
    private static CaseRight RightOf(CaseMember.Types.Role role) => role switch
    {
        CaseMember.Types.Role.Collaborator => CaseRight.Change,
        CaseMember.Types.Role.Support => CaseRight.Contribute,
        _ => CaseRight.Read,
    };

    private static bool IsMeant(string member, string actor, IEnumerable<string> teams) => member == actor
        || (member.StartsWith(TeamPrefix, StringComparison.Ordinal)
            && teams.Contains(member[TeamPrefix.Length..], StringComparer.Ordinal));
}
