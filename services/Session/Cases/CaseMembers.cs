namespace FaultMaven.Sessions.Cases;

/// <summary>The members of a case, in the order of their names. Its owner is none of them.</summary>
internal static class CaseMembers
{
    /// <summary>How many a case may have; more are a team.</summary>
    public const int Max = 100;

    /// <summary>The member of this name. Null if there is none.</summary>
    public static Proto.CaseMember? Find(Proto.Case owned, string member) =>
        owned.Members.FirstOrDefault(found => found.Member == member);

    /// <summary>Gives a member a role.</summary>
    public static void Set(Proto.Case owned, Proto.CaseMember member)
    {
        Remove(owned, member.Member);
        var place = owned.Members.TakeWhile(found => string.CompareOrdinal(found.Member, member.Member) < 0).Count();
        owned.Members.Insert(place, member.Clone());
    }

    /// <summary>Removes a member.</summary>
    public static void Remove(Proto.Case owned, string member)
    {
        if (Find(owned, member) is { } found)
        {
            owned.Members.Remove(found);
        }
    }

    /// <summary>Gives the case another owner; the one before becomes a collaborator.</summary>
    public static void Transfer(Proto.Case owned, string owner)
    {
        Remove(owned, owner);
        if (owned.Owner.Length > 0 && owned.Owner != owner)
        {
            Set(owned, new Proto.CaseMember { Member = owned.Owner, Role = Proto.CaseMember.Types.Role.Collaborator });
        }

        owned.Owner = owner;
    }
}
