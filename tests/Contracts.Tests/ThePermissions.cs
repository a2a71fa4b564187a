using System.Globalization;
using System.Text;
using FaultMaven.Protos;
using FaultMaven.ServiceDefaults.Cases;

namespace FaultMaven.Contracts.Tests;

/// <summary>docs/permissions.md shows for every RPC who may call it.</summary>
public sealed class ThePermissions
{
    private const string Mark = "<!-- Generated from protos/Permissions.cs; see tests/Contracts.Tests/ThePermissions.cs. -->\n";

    private static readonly Role[] s_roles = [Role.Viewer, Role.Auditor, Role.Member, Role.Operator, Role.Admin];

    private static readonly string[] s_changesPseudonymsAlone = ["RedactText", "BatchRedactText", "StreamRedactText"];

    private static readonly string[] s_takesOut = ["RestoreText", "StreamRestoreText"];

    private static string Page { get; } = Path.Combine(Repository.Root, "docs", "permissions.md");

    [Fact]
    public void Have_a_rule_for_every_RPC_and_for_nothing_else() => Assert.Equal(
        Contract.Services.SelectMany(service => service.Methods).Select(method => $"/{method.Service.FullName}/{method.Name}").Order(),
        Permissions.Methods.Order());

    [Fact]
    public void Say_for_every_RPC_about_a_case_what_its_caller_must_be_allowed_there() => Assert.Equal(
        Contract.Services.SelectMany(service => service.Methods).Where(method => CaseReferences.NamesCase(method.InputType))
            .Select(method => $"/{method.Service.FullName}/{method.Name}").Order(),
        Permissions.Methods.Where(method => Permissions.Find(method)!.Case is not null).Order());

    [Fact]
    public void Let_no_one_change_a_case_who_may_only_read_it() => Assert.All(
        Permissions.Methods.Select(method => (Method: method, Rule: Permissions.Find(method)!)).Where(found => found.Rule.Case is not null),
        found => Assert.True(
            found.Rule.Changes == found.Rule.Case > CaseRight.Read || s_changesPseudonymsAlone.Contains(found.Method.Split('/')[2])
                || s_takesOut.Contains(found.Method.Split('/')[2]),
            found.Method));

    [Fact]
    public void Are_described_in_the_documentation()
    {
        var page = File.ReadAllText(Page);
        var written = page[..(page.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)] + Describe();

        if (Environment.GetEnvironmentVariable("FAULTMAVEN_APPROVE") is "1")
        {
            File.WriteAllText(Page, written);
            Assert.Skip("docs/permissions.md was written; review the difference.");
        }

        Assert.True(
            written == page, "docs/permissions.md differs from the rules. Run ThePermissions with FAULTMAVEN_APPROVE=1, then review.");
    }

    [Fact]
    public void Let_an_auditor_read_and_nothing_else()
    {
        Assert.True(new RpcRule(Role.Viewer).Allows([Role.Auditor]));
        Assert.False(new RpcRule(Role.Member).Allows([Role.Auditor]));
        Assert.False(new RpcRule(Role.Admin).Allows([Role.Auditor, Role.Operator]));
    }

    private static string Describe()
    {
        var page = new StringBuilder();
        foreach (var service in Contract.Services)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {service.Name}\n\n");
            page.Append(
                CultureInfo.InvariantCulture,
                $"| RPC | {string.Join(" | ", s_roles.Select(Name))} | in the case | services | changes | installation |\n");
            page.Append("|---|").Insert(page.Length, "---|", s_roles.Length + 4).Append('\n');
            foreach (var method in service.Methods)
            {
                var rule = Permissions.Find($"/{service.FullName}/{method.Name}");
                var cells = s_roles.Select(role => Cell(rule?.Allows(role) == true))
                    .Append(rule?.Case is { } right ? RoleInCase(right) : Cell(false))
                    .Concat([Cell(rule?.ByServices == true), Cell(rule?.Changes == true), Cell(rule?.OfInstallation == true)]);
                page.Append(CultureInfo.InvariantCulture, $"| `{method.Name}` | {string.Join(" | ", cells)} |\n");
            }
        }

        return page.ToString();
    }

    private static string Cell(bool isSo) => isSo ? "yes" : "–";

    private static string RoleInCase(CaseRight right) =>
        CaseAccess.LeastRole(right) + (right == CaseRight.Delete ? ", or all of the tenant" : "");

    private static string Name(Role role) => role.ToString().ToLowerInvariant();
}
