using YamlDotNet.Serialization;

namespace FaultMaven.AppHost.Publishing;

/// <summary>A file below the output folder.</summary>
internal sealed record DeploymentFile(string Path, string Content)
{
    private const string Header =
        "# Written from the app model in AppHost/; do not edit. deploy/README.md says how it is written.\n";

    private static readonly ISerializer s_yaml = new SerializerBuilder()
        .WithQuotingNecessaryStrings()
        .WithIndentedSequences()
        .WithNewLine("\n")
        .DisableAliases()
        .Build();

    /// <summary>A file of one or more YAML documents, with a comment for each that explains a choice.</summary>
    public static DeploymentFile Yaml(string path, params IReadOnlyList<YamlDocument> documents) => new(
        path,
        Header + string.Join("---\n", documents.Select(document => Comment(document.Comment) + s_yaml.Serialize(document.Content))));

    private static string Comment(string? text) => text is null ? "" : $"# {text}\n";
}

/// <summary>A YAML document.</summary>
internal sealed record YamlDocument(OrderedDictionary<string, object> Content, string? Comment = null);
