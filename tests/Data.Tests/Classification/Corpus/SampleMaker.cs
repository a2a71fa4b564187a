using FaultMaven.Protos.Data.V1;

namespace FaultMaven.Data.Tests.Classification.Corpus;

/// <summary>Makes samples of one type in one format.</summary>
/// <param name="Type">The type.</param>
/// <param name="Format">The format, in a word.</param>
/// <param name="Names">What such files are called.</param>
/// <param name="Content">Makes the content.</param>
internal sealed record SampleMaker(EvidenceType Type, string Format, string[] Names, Func<Random, string> Content)
{
    // Names that say nothing, and names that say something else than what the file holds.
    private static readonly string[] s_neutral = ["paste.txt", "evidence", "download (3)", "a.txt", "attachment-17", "unnamed.dat"];
    private static readonly string[] s_misleading =
    [
        "notes.txt", "output.log", "data.json", "error.txt", "config.txt", "report.csv", "readme.txt", "metrics.txt", "trace.log",
        "events.txt",
    ];

    /// <summary>A third of the samples are called what they are, a third say nothing, and a third mislead.</summary>
    public LabelledSample Make(Random random, int index) => new(
        Type,
        (index % 3) switch { 0 => random.Of(Names), 1 => random.Of(s_neutral), _ => random.Of(s_misleading) },
        Content(random),
        Format);
}
