using System.Text;
using FaultMaven.Data.Analysis.Catalogue;
using FaultMaven.Data.Analysis.Classify;
using FaultMaven.Data.Analysis.Documents;
using FaultMaven.Data.Analysis.Documents.Changes;
using FaultMaven.Data.Analysis.Documents.Commands;
using FaultMaven.Data.Analysis.Documents.Metrics;
using FaultMaven.Data.Analysis.Documents.Plans;
using FaultMaven.Data.Analysis.Documents.Profiles;
using FaultMaven.Data.Analysis.Documents.Prose;
using FaultMaven.Data.Analysis.Documents.SourceCode;
using FaultMaven.Data.Analysis.Logs.Entries;
using FaultMaven.Data.Analysis.Logs.Signals;
using FaultMaven.Data.Analysis.Signals;
using FaultMaven.Data.Intake.Decoding;
using FaultMaven.Data.Query.Signals;
using FaultMaven.Data.Query.Templates;
using FaultMaven.Data.Query.Timelines;
using FaultMaven.Data.Sources;
using FaultMaven.Data.Tests.Extraction;
using FaultMaven.Protos.Data.V1;
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using static FaultMaven.Data.Tests.Hosting.DataClientExtensions;

namespace FaultMaven.Data.Tests.Hostile;

/// <summary>
/// Whatever is done to a file of any kind, every reader comes to its end with it, whichever kind it takes it for, and what it finds can be
/// kept and shown.
/// </summary>
public sealed class ReadingDistortedEvidence
{
    private static readonly DateTimeOffset s_now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly IEvidenceAnalyzer[] s_analyzers =
    [
        new LogAnalyzer(TimeProvider.System), new DocumentAnalyzer(TimeProvider.System), new MetricTextAnalyzer(),
        new CommandOutputAnalyzer(), new ConfigAnalyzer(), new ProfileAnalyzer(), new PlanAnalyzer(),
        new SourceCodeAnalyzer(), new ProseAnalyzer(),
    ];

    [Fact]
    public void Ends_whatever_is_done_to_it() =>
        Prop.ForAll(Distortion.Of(Samples.Texts), bytes => Read(bytes)).Check(Distortion.Cases(300));

    [Fact]
    public void Ends_when_it_is_compared_with_what_it_was() =>
        Prop.ForAll(Distortion.Of(Samples.Texts), Distortion.Of(Samples.Texts), (before, after) => Compare(before, after))
            .Check(Distortion.Cases(100));

    [Fact]
    public void Ends_for_binary_profiles_too() =>
        Prop.ForAll(Distortion.Of(Samples.Profiles), bytes =>
        {
            if (PprofReader.TryRead(bytes) is { } sums)
            {
                Read(Encoding.UTF8.GetBytes(sums.Print()));
            }
        }).Check(Distortion.Cases(300));

    private static void Read(byte[] bytes)
    {
        var text = Decode(bytes);
        var source = Analysed.Source(text);
        var lines = text.Count(c => c == '\n') + 1;
        Assert.NotEmpty(
            EvidenceClassifier.Classify(
                "evidence", text[..Math.Min(text.Length, EvidenceClassifier.MaxLength)].Replace('\0', ' '), isBinary: false).Reasons);

        var signals = new List<Signal>();

        foreach (var analyzer in s_analyzers)
        {
            var analysis = analyzer.Analyze(source, Cancel);
            Assert.True(analysis.StartTime is null || analysis.StartTime <= analysis.EndTime, "The time ends before it begins.");
            signals.AddRange(analysis.Signals);
        }

        Assert.All(signals, signal => Holds(signal, lines));
        Assert.All(SignalCorrelator.Reconcile(signals), signal => Holds(signal, lines));
        ReadEntries(text, source);
    }

    private static void Compare(byte[] before, byte[] after)
    {
        var source = Analysed.Source(Decode(after)) with { Previous = Analysed.Source(Decode(before)) };

        Assert.All(new ConfigAnalyzer().Analyze(source, Cancel).Signals, signal => Assert.NotEmpty(signal.Citations));
    }

    private static void ReadEntries(string text, EvidenceSource source)
    {
        var entries = LogReader.Read(new StringReader(text), s_now).ToList();
        var (first, last) = (entries.Min(entry => entry.Time), entries.Max(entry => entry.Time));
        var query = new TimelineQuery { MaxBuckets = 60, MaxTemplates = 10, IncidentTime = first + ((last - first) / 2) };
        var count = new TimelineCount(
            query, first is null ? TimelineBuckets.None : TimelineBuckets.Of(first.Value, last!.Value, query.MaxBuckets));
        LogReader.Read(new StringReader(text), s_now, (in entry) => count.Add(in entry, source), Cancel);
        var timeline = count.ToProto();

        Assert.Equal(entries.Count, timeline.EntryCount);
        Assert.Equal(entries.Count(entry => entry.Time is not null), timeline.Levels.Sum(level => level.BucketCounts.Sum()));
        Assert.Equal(timeline, FaultMaven.Protos.Data.V1.EvidenceTimeline.Parser.ParseFrom(timeline.ToByteArray()));

        var mining = new TemplateMining(messageOnly: true, s_now);
        mining.Append(Encoding.UTF8.GetBytes(text));
        mining.Complete();
    }

    private static void Holds(Signal signal, int lines)
    {
        Assert.NotNull(SignalCatalogue.Find(signal.Kind));
        Assert.NotEmpty(signal.Summary);
        Assert.NotEqual(Severity.Unspecified, signal.Severity);
        Assert.NotEqual(SignalState.Unspecified, signal.State);
        Assert.NotEmpty(signal.Citations);
        Assert.All(
            signal.Citations,
            citation => Assert.True(
                citation.StartLine >= 1 && citation.StartLine <= citation.EndLine && citation.EndLine <= lines,
                $"{signal} cites a line that is not there."));
        Assert.True(signal.StartTime is null || signal.StartTime <= signal.EndTime, $"{signal} ends before it begins.");
        Assert.Equal(signal, Signal.Parser.ParseFrom(signal.ToByteArray()));
        Assert.NotEmpty(JsonFormatter.Default.Format(signal));
    }

    private static string Decode(byte[] bytes)
    {
        var decoded = new DecodedText(bytes, new MemoryStream(bytes));
        using var text = new MemoryStream();

        foreach (var piece in decoded.ReadAsync(Cancel).ToBlockingEnumerable(Cancel))
        {
            text.Write(piece.Span);
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
