using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using FaultMaven.ServiceDefaults.Tenants;

namespace FaultMaven.Contracts.Tests;

/// <summary>docs/settings.md lists every setting of the options classes: key, type, default, limits and description.</summary>
public sealed partial class TheSettings
{
    private const string Mark = "<!-- Generated from the options classes; see tests/Contracts.Tests/TheSettings.cs. -->\n";

    private static string Page { get; } = Path.Combine(Repository.Root, "docs", "settings.md");

    [Fact]
    public void Are_described_in_the_documentation()
    {
        var page = File.ReadAllText(Page);
        var written = page[..(page.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)] + Describe();

        if (Environment.GetEnvironmentVariable("FAULTMAVEN_APPROVE") is "1")
        {
            File.WriteAllText(Page, written);
            Assert.Skip("docs/settings.md was written; review the difference.");
        }

        Assert.True(written == page, "docs/settings.md differs from the options. Run TheSettings with FAULTMAVEN_APPROVE=1, then review.");
    }

    [Fact]
    public void All_say_what_they_mean()
    {
        Assert.NotEmpty(Options());
        var undocumented = Options()
            .SelectMany(Settings, (type, setting) => (type, setting))
            .Where(item => Summary(item.type, item.setting).Length == 0)
            .Select(item => $"{item.type.FullName}.{item.setting.Name}");

        Assert.Empty(undocumented);
    }

    [Fact]
    public void Name_all_sections_of_which_a_tenant_can_have_its_own() => Assert.Equal(
        TenantSettings.Sections, Options().Where(type => Settings(type).Any(IsPerTenant)).Select(type => Section(type)!));

    private static IEnumerable<Type> Options() => Directory
        .EnumerateFiles(AppContext.BaseDirectory, "FaultMaven.*.dll")
        .Where(file => !Path.GetFileName(file).Contains("Tests", StringComparison.Ordinal))
        .SelectMany(file => Assembly.LoadFrom(file).GetTypes())
        .Where(type => Section(type) is not null)
        .OrderBy(Section, StringComparer.Ordinal)
        .ThenBy(type => type.Name, StringComparer.Ordinal);

    private static string? Section(Type type) =>
        type.GetField("Section", BindingFlags.Public | BindingFlags.Static) is { IsLiteral: true } field
            ? field.GetRawConstantValue() as string
            : null;

    // A list without a setter is bound too; other properties without one are derived from settings.
    private static IEnumerable<PropertyInfo> Settings(Type type) => type
        .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        .Where(property => property.SetMethod is { IsPublic: true } || property.PropertyType.Name == "IList`1")
        .OrderBy(property => property.MetadataToken);

    private static string Describe()
    {
        var page = new StringBuilder();
        foreach (var type in Options())
        {
            var summary = Summary(type, null);
            page.Append(CultureInfo.InvariantCulture, $"\n## {Section(type)}\n\n{(summary.Length > 0 ? $"{summary}\n\n" : "")}");
            page.Append("| key | type | default | limits | meaning |\n|---|---|---|---|---|\n");
            Describe(page, type, Section(type)!);
        }

        DescribeTenants(page);
        return page.ToString();
    }

    private static void DescribeTenants(StringBuilder page)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {TenantSettings.Key}\n\n");
        page.Append("What holds for one tenant, in the place of what holds for all.\n\n| key | type | meaning |\n|---|---|---|\n");
        foreach (var (type, setting) in Options()
            .SelectMany(Settings, (type, setting) => (type, setting)).Where(item => IsPerTenant(item.setting)))
        {
            var key = $"{Section(type)}:{setting.Name}";
            page.Append(CultureInfo.InvariantCulture, $"| `Tenants:{{tenant}}:{key}` | {TypeOf(setting.PropertyType)} | See `{key}`. |\n");
        }
    }

    private static bool IsPerTenant(PropertyInfo setting) => setting.GetCustomAttribute<PerTenantAttribute>() is not null;

    private static void Describe(StringBuilder page, Type type, string prefix)
    {
        var defaults = Activator.CreateInstance(type, nonPublic: true);
        foreach (var setting in Settings(type))
        {
            var key = $"{prefix}:{setting.Name}";
            if (ItemOf(setting.PropertyType) is { } item && IsOptions(item))
            {
                page.Append(CultureInfo.InvariantCulture, $"| `{key}:0`, … | list | – | | {Cell(Summary(type, setting))} |\n");
                Describe(page, item, $"{key}:0");
                continue;
            }

            page.Append(
                CultureInfo.InvariantCulture, $"| `{key}` | {TypeOf(setting.PropertyType)} | {Default(setting.GetValue(defaults))} ");
            page.Append(CultureInfo.InvariantCulture, $"| {Cell(Limits(setting))} | {Cell(Summary(type, setting))} |\n");
        }
    }

    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericArguments() is [var item] && typeof(IEnumerable).IsAssignableFrom(type) ? item : null;

    private static bool IsOptions(Type type) => type.IsClass && type.Namespace?.StartsWith("FaultMaven.", StringComparison.Ordinal) == true;

    private static string TypeOf(Type type) => type switch
    {
        _ when ItemOf(type) is { } item => $"list of {TypeOf(item)}",
        _ when Nullable.GetUnderlyingType(type) is { } inner => TypeOf(inner),
        { IsEnum: true } when type.Namespace?.StartsWith("FaultMaven.Protos", StringComparison.Ordinal) == true => type.Name,
        { IsEnum: true } => string.Join(", ", Enum.GetNames(type)),
        _ when type == typeof(TimeSpan) => "duration",
        _ when type == typeof(bool) => "true, false",
        _ when type == typeof(Uri) => "URL",
        _ when type == typeof(string) => "text",
        _ when type == typeof(double) => "number",
        _ when type == typeof(int) || type == typeof(long) => "integer",
        _ => type.Name,
    };

    private static string Default(object? value) => value switch
    {
        null or "" or ICollection { Count: 0 } => "–",
        TimeSpan time => $"`{time:c}`",
        bool flag => flag ? "`true`" : "`false`",
        string text => $"`{text.Replace(Path.DirectorySeparatorChar, '/')}`",
        IEnumerable list => $"`{string.Join(", ", list.Cast<object>())}`",
        _ => string.Create(CultureInfo.InvariantCulture, $"`{value}`"),
    };

    private static string Limits(PropertyInfo setting) => string.Join(
        "; ", setting.GetCustomAttributes<ValidationAttribute>().Select(Limit).Where(limit => limit.Length > 0));

    private static string Limit(ValidationAttribute attribute) => attribute switch
    {
        RequiredAttribute => "required",
        RangeAttribute range => string.Create(CultureInfo.InvariantCulture, $"{range.Minimum} to {range.Maximum}"),
        RegularExpressionAttribute pattern => $"`{pattern.Pattern}`",
        MinLengthAttribute length => $"length {length.Length} or more",
        MaxLengthAttribute length => $"length up to {length.Length}",
        Base64StringAttribute => "base64",
        _ => "",
    };

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    /// <summary>The summary of a type or of one of its properties, from the source.</summary>
    private static string Summary(Type type, PropertyInfo? setting)
    {
        var declaration = setting is null
            ? $@"^\s*(?:public|internal)(?: sealed)?(?: partial)? (?:class|record) {type.Name}\b"
            : $@"^\s*public [^=;(]*\b{setting.Name}\s*\{{";
        var source = Repository.Sources("services").Concat(Repository.Sources("ServiceDefaults"))
            .Select(File.ReadAllText)
            .First(text => Regex.IsMatch(text, $@"\b(?:class|record) {type.Name}\b"));
        var body = source[Regex.Match(source, $@"\b(?:class|record) {type.Name}\b").Index..];
        var found = setting is null
            ? Regex.Match(source, $@"((?:^\s*///.*\n)*)(?:^\s*\[.*\]\n)*{declaration}", RegexOptions.Multiline)
            : Regex.Match(body, $@"((?:^\s*///.*\n)*)(?:^\s*\[.*\]\n)*{declaration}", RegexOptions.Multiline);
        var comment = CommentMark().Replace(found.Groups[1].Value, " ");
        var summary = Regex.Match(comment, "<summary>(.*?)</summary>", RegexOptions.Singleline).Groups[1].Value;
        summary = Reference().Replace(summary, match => $"`{match.Groups[1].Value.Split('.')[^1]}`");
        summary = CodeMark().Replace(summary, "`");
        return WebUtility.HtmlDecode(Blanks().Replace(summary, " ").Trim());
    }

    [GeneratedRegex(@"^\s*///", RegexOptions.Multiline)]
    private static partial Regex CommentMark();

    [GeneratedRegex("<see cref=\"([^\"]+)\"/>")]
    private static partial Regex Reference();

    [GeneratedRegex("</?c>")]
    private static partial Regex CodeMark();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
