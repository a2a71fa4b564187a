using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace FaultMaven.Benchmarks;

/// <summary>What the author of an incident says of it: what is asked, and which lines decide.</summary>
internal sealed class MarkedAnswer
{
    public string Question { get; set; } = "";

    public List<MarkedLine> KeyLines { get; set; } = [];

    /// <summary>The verdicts that are right: one, or a list.</summary>
    public object Verdict { get; set; } = "";

    /// <summary>The verdicts that are right.</summary>
    public IEnumerable<string> Verdicts => Verdict is IEnumerable<object> several ? several.Select(each => $"{each}") : [$"{Verdict}"];

    public static MarkedAnswer Read(string path) => new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance)
        .IgnoreUnmatchedProperties().Build().Deserialize<MarkedAnswer>(File.ReadAllText(path));
}

/// <summary>A line that decides.</summary>
internal sealed class MarkedLine
{
    public string File { get; set; } = "";

    /// <summary>A regular expression for its text.</summary>
    public string Line { get; set; } = "";
}
