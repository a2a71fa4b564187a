using System.Globalization;
using System.Text;
using FaultMaven.Protos;

namespace FaultMaven.Contracts.Tests;

/// <summary>docs/permissions.md shows for every RPC who may call it.</summary>
public sealed class ThePermissions
{
    private const string Mark = "<!-- Generated from protos/Permissions.cs; see tests/Contracts.Tests/ThePermissions.cs. -->\n";

    private static readonly Role[] s_roles = [Role.Viewer, Role.Auditor, Role.Member, Role.Operator, Role.Admin];

    private static string Page { get; } = Path.Combine(Repository.Root, "docs", "permissions.md");

    [Fact]
    public void Have_a_rule_for_every_RPC_and_for_nothing_else() => Assert.Equal(
        Contract.Services.SelectMany(service => service.Methods).Select(method => $"/{method.Service.FullName}/{method.Name}").Order(),
        Permissions.Methods.Order());

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
                $"| RPC | {string.Join(" | ", s_roles.Select(Name))} | services | changes | installation |\n");
            page.Append("|---|").Insert(page.Length, "---|", s_roles.Length + 3).Append('\n');
            foreach (var method in service.Methods)
            {
                var rule = Permissions.Find($"/{service.FullName}/{method.Name}");
                var cells = s_roles.Select(role => rule?.Allows(role) == true).Append(rule?.ByServices == true)
                    .Append(rule?.Changes == true)
                    .Append(rule?.OfInstallation == true);
                page.Append(
                    CultureInfo.InvariantCulture,
                    $"| `{method.Name}` | {string.Join(" | ", cells.Select(isAllowed => isAllowed ? "yes" : "–"))} |\n");
            }
        }

        return page.ToString();
    }

    private static string Name(Role role) => role.ToString().ToLowerInvariant();
}
