using System.Text;
using System.Text.RegularExpressions;
using FaultMaven.Protos;
using Google.Api;

namespace FaultMaven.ServiceDefaults.Json;

/// <summary>The verbs that a path takes, by the HTTP rules of the contract.</summary>
internal static class JsonPaths
{
    private static readonly Lazy<IReadOnlyList<(string Verb, Regex Path)>> s_rules = new(() =>
    [
        .. Contract.Services.SelectMany(service => service.Methods)
            .Select(method => method.GetOptions()?.GetExtension(AnnotationsExtensions.Http))
            .OfType<HttpRule>()
            .SelectMany(rule => rule.AdditionalBindings.Prepend(rule))
            .Select(HttpRules.PatternOf)
            .Select(rule => (rule.Verb, new Regex(PatternOf(rule.Path), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant))),
    ]);

    /// <summary>The verbs in alphabetical order; none if no method has the path.</summary>
    public static IReadOnlyList<string> VerbsOf(string path) =>
        [.. s_rules.Value.Where(rule => rule.Path.IsMatch(path)).Select(rule => rule.Verb).Distinct().Order(StringComparer.Ordinal)];

    private static string PatternOf(string path)
    {
        var pattern = new StringBuilder("^");
        foreach (var segment in HttpRules.SegmentsOf(path))
        {
            pattern.Append(segment.Separator).Append(segment.Text switch
            {
                "*" => "[^/:]+",
                "**" => ".+",
                var literal => Regex.Escape(literal),
            });
        }

        return pattern.Append('$').ToString();
    }
}
