using System.Text.Json;
using FaultMaven.Protos.Agent.V1;

namespace FaultMaven.Incidents.Tests;

/// <summary>A made-up incident: a folder of evidence, and what an experienced engineer would say of it.</summary>
/// <param name="Question">What is asked.</param>
/// <param name="Category">The right category, as JSON writes it, such as <c>resource_exhaustion</c>.</param>
/// <param name="AlsoRight">Other categories that can be argued for.</param>
/// <param name="MustMention">What the root cause names, in any case of letters.</param>
/// <param name="MustNotClaim">What the root cause may not say.</param>
internal sealed record Incident(
    string Question, string Category, IReadOnlyList<string>? AlsoRight, IReadOnlyList<string> MustMention,
    IReadOnlyList<string> MustNotClaim)
{
    private const string ExpectedFile = "expected.json";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    private static string Root => Path.Combine(AppContext.BaseDirectory, "Incidents");

    /// <summary>The names of all incidents.</summary>
    public static IEnumerable<string> Names =>
        Directory.EnumerateDirectories(Root).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal);

    /// <summary>Reads what is expected of an incident.</summary>
    public static async Task<Incident> ReadAsync(string name, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(Path.Combine(Root, name, ExpectedFile));
        return await JsonSerializer.DeserializeAsync<Incident>(file, s_json, cancellationToken)
            ?? throw new InvalidDataException($"{name} expects nothing.");
    }

    /// <summary>The files of evidence of an incident.</summary>
    public static IEnumerable<string> EvidenceOf(string name) =>
        Directory.EnumerateFiles(Path.Combine(Root, name)).Where(path => Path.GetFileName(path) != ExpectedFile)
            .Order(StringComparer.Ordinal);

    /// <summary>What is wrong with an answer; empty if it is right.</summary>
    public IEnumerable<string> FaultsOf(Answer answer)
    {
        var category = CategoryOf(answer.Category);
        if (category != Category && AlsoRight?.Contains(category) is not true)
        {
            yield return $"the category is {category} instead of {Category}: {answer.RootCause}";
        }

        foreach (var missing in MustMention.Where(word => !answer.RootCause.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"the root cause does not mention \"{missing}\": {answer.RootCause}";
        }

        foreach (var wrong in MustNotClaim.Where(word => answer.RootCause.Contains(word, StringComparison.OrdinalIgnoreCase)))
        {
            yield return $"the root cause claims \"{wrong}\": {answer.RootCause}";
        }
    }

    private static string CategoryOf(FailureCategory category) => JsonNamingPolicy.SnakeCaseLower.ConvertName(category.ToString());
}
