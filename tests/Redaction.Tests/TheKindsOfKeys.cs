using System.Globalization;
using System.Text;
using FaultMaven.Redaction.Recognition.Vendors;

namespace FaultMaven.Redaction.Tests;

/// <summary>docs/redaction-kinds.md lists every form of a vendor's key that we know.</summary>
public sealed class TheKindsOfKeys
{
    /// <summary>Set to anything, this variable makes the test write the page instead of comparing it.</summary>
    private const string Update = "FAULTMAVEN_UPDATE_DOCS";

    private static readonly (string Title, string Source, KeyForm[] Forms)[] s_groups =
    [
        ("Clouds, hosting, infrastructure",
            "the vendors' API documentation (AWS: IAM identifiers), GitHub's list of supported secret scanning patterns", CloudKeys.Forms),
        ("Source control, packages, builds",
            "the vendors' documentation of their tokens (GitHub: \"Behind GitHub's new authentication token formats\"; GitLab: "
            + "\"Token overview\")", DeveloperKeys.Forms),
        ("Chat, mail, telephony", "the vendors' API documentation (Slack: \"Token types\")", MessagingKeys.Forms),
        ("Model providers", "the vendors' API documentation", ModelKeys.Forms),
        ("Monitoring, on-call, feature flags", "the vendors' API documentation", ObservabilityKeys.Forms),
        ("Payments, shops, shipping", "the vendors' API documentation", PaymentKeys.Forms),
        ("Office, design, identity, social", "the vendors' API documentation", SoftwareKeys.Forms),
    ];

    [Fact]
    public void Are_what_the_page_shows()
    {
        var page = Path.Combine(Root(), "docs", "redaction-kinds.md");
        if (Environment.GetEnvironmentVariable(Update) is { Length: > 0 })
        {
            File.WriteAllText(page, Print());
        }

        Assert.True(Print() == File.ReadAllText(page).ReplaceLineEndings("\n"),
            $"docs/redaction-kinds.md is not what Recognition/Vendors lists. To write it again: {Update}=1 dotnet run --project "
            + $"tests/Redaction.Tests -- --filter-class '*{nameof(TheKindsOfKeys)}'");
    }

    private static string Print()
    {
        var kinds = s_groups.SelectMany(group => group.Forms).Select(form => form.Type).Distinct().Count();
        var page = new StringBuilder("# Kinds of keys\n\n").Append(CultureInfo.InvariantCulture,
            $"The {kinds} kinds of vendors' credentials that a fixed prefix gives away, printed from "
            + $"`services/Redaction/Recognition/Vendors`; a test compares the two. Keys whose mark\nstands inside are in "
            + $"`MarkedKeys`: client secrets, annotated keys and signatures of Azure, tokens of Terraform, Telegram, Discord, "
            + $"Salesforce, Jira and Confluence, keys of Mailchimp\nand Firebase. The other families are in "
            + $"[redaction.md](redaction.md).\n");
        foreach (var (title, source, forms) in s_groups)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"\n## {title}\n\nSource: {source}.\n\n| Type | Starts with | Characters that follow |\n|---|---|---|\n");
            foreach (var form in forms)
            {
                page.Append(CultureInfo.InvariantCulture,
                    $"| `{form.Type}` | `{form.Prefix}` | {Length(form)}{(form.NeedsDigit ? ", with a digit" : "")} |\n");
            }
        }

        return page.ToString();
    }

    private static string Length(KeyForm form) =>
        form.Min == form.Max ? $"{form.Min}" : form.Max == KeyForm.Open ? $"{form.Min} or more" : $"{form.Min} to {form.Max}";

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "FaultMaven.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return folder.FullName;
    }
}
