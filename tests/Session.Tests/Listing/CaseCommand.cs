using FsCheck;
using FsCheck.Fluent;
using static FaultMaven.Protos.Session.V1.Case.Types;

namespace FaultMaven.Sessions.Tests.Listing;

/// <summary>What is done to one of a few cases, and how the store fails meanwhile.</summary>
/// <param name="Kind">What.</param>
/// <param name="Number">Of the case among those there are.</param>
/// <param name="Details">What a case is created with or gets.</param>
/// <param name="Field">Which field of them it gets.</param>
/// <param name="Fault">How a transaction fails.</param>
/// <param name="Commit">Which transaction of the command, from 1.</param>
/// <param name="Seconds">How much time passes first.</param>
internal sealed record CaseCommand(string Kind, int Number, CaseDetails Details, string Field, CommitFault Fault, int Commit, int Seconds)
{
    private static readonly Gen<CaseDetails> s_details =
        from title in Gen.Elements("Disk a", "Disk b", "Node down")
        from priority in Gen.Elements(Enum.GetValues<Priority>())
        from severity in Gen.Elements(Severity.Unspecified, Severity.Minor, Severity.Critical)
        from service in Gen.Elements("", "a", "a/b", "a=b")
        from tags in Gen.SubListOf("a", "a/b", "db")
        select new CaseDetails(title, priority, severity, service, [.. tags]);

    private static readonly Gen<CaseCommand> s_command =
        from kind in Gen.Frequency(
            (4, Gen.Constant("create")),
            (5, Gen.Constant("update")),
            (5, Gen.Constant("say")),
            (2, Gen.Constant("close")),
            (1, Gen.Constant("reopen")),
            (2, Gen.Constant("delete")),
            (1, Gen.Constant("index")),
            (1, Gen.Constant("restart")))
        from number in Gen.Choose(0, 20)
        from details in s_details
        from field in Gen.Elements("title", "priority", "severity", "service", "tags", "*")
        from fault in Gen.Frequency(
            (6, Gen.Constant(CommitFault.None)), (1, Gen.Constant(CommitFault.Before)), (1, Gen.Constant(CommitFault.After)))
        from commit in Gen.Frequency((3, Gen.Constant(1)), (2, Gen.Choose(2, 5)))
        from seconds in Gen.Choose(0, 2)
        select new CaseCommand(kind, number, details, field, fault, commit, seconds);

    /// <summary>Series of commands; shorter ones are tried once one fails.</summary>
    public static Arbitrary<CaseCommand[]> Series(int length) => Arb.From(
        s_command.ArrayOf(length), commands => commands.Select((_, i) => commands.Where((_, j) => j != i).ToArray()));
}

/// <summary>The fields of a case that people set.</summary>
internal sealed record CaseDetails(string Title, Priority Priority, Severity Severity, string Service, string[] Tags);
