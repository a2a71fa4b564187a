using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using Google.Protobuf.WellKnownTypes;
using Kind = FaultMaven.Protos.Agent.V1.Report.Types.Kind;
using Role = FaultMaven.Protos.Agent.V1.CausalStep.Types.Role;
using Topic = FaultMaven.Protos.Agent.V1.ReportSection.Types.Topic;

namespace FaultMaven.Reports.Tests;

/// <summary>A report that has the same text wherever a report has text that comes from a case.</summary>
internal static class MadeReport
{
    private static readonly Timestamp s_start = Timestamp.FromDateTime(new DateTime(2026, 3, 11, 14, 0, 0, DateTimeKind.Utc));

    public static Report With(string text) => new()
    {
        Name = "cases/0123456789abcdef/reports/1",
        Kind = Kind.Incident,
        Version = 3,
        Title = text,
        CreateTime = s_start,
        Actor = text,
        CaseVersion = 7,
        Verdict = Verdict.CauseFound,
        Assurance = Assurance.Mechanistic,
        Category = FailureCategory.ConfigurationError,
        Facts = new() { Owner = text, CreateTime = s_start, State = "closed", Service = text, Tags = { text }, Affected = { text } },
        Sections =
        {
            new ReportSection { Topic = Topic.Summary, Title = "Summary", Statements = { Statement(text) } },
            new ReportSection { Topic = Topic.CausalChain, Title = "How it came about" },
            new ReportSection { Topic = Topic.Timeline, Title = "Timeline", Statements = { Statement(text) } },
            new ReportSection
            {
                Topic = Topic.Actions,
                Title = "What to do",
                Statements = { WithRemedy(text) },
                Gaps = { new ReportGap { Missing = text, How = text, Command = text } },
            },
        },
        CausalChain = { Step(Role.Change, text), Step(Role.Cause, text), Step(Role.Symptom, text) },
        Sources =
        {
            new ReportSource
            {
                Number = 1,
                Citation = new() { Evidence = "cases/0/evidence/1", StartLine = 3, EndLine = 4, Quote = text, FileName = text },
                Lines = { text, text },
            },
            new ReportSource { Number = 2, Saying = new() { Actor = text, Time = s_start, Text = text, CaseVersion = 2 } },
        },
        LogRate = new()
        {
            StartTime = s_start,
            BucketWidth = Duration.FromTimeSpan(TimeSpan.FromMinutes(1)),
            BucketCount = 3,
            Levels =
            {
                new LevelCounts { Level = EntryLevel.Error, Count = 3, BucketCounts = { 0, 1, 2 } },
                new LevelCounts { Level = EntryLevel.Information, Count = 30, BucketCounts = { 10, 10, 10 } },
            },
        },
        Curves = { new ReportCurve { Series = Series(text), Statement = Statement(text) } },
        Record = { new ReportRecord { Time = s_start, Text = text, Actor = text, CaseVersion = 1 } },
    };

    public static Report With(string text, Assurance assurance)
    {
        var report = With(text);
        report.Assurance = assurance;
        return report;
    }

    private static ReportStep Step(Role role, string text) => new() { Role = role, Statement = Statement(text) };

    private static ReportStatement Statement(string text) => new() { Text = text, Sources = { 1, 2 }, Time = s_start };

    private static ReportStatement WithRemedy(string text)
    {
        var statement = Statement(text);
        statement.Remedy = new() { Action = text, Command = text, Risk = Remedy.Types.Risk.Medium, Rollback = text };
        return statement;
    }

    private static MetricSeries Series(string text) => new()
    {
        Metric = text,
        Instance = text,
        Unit = text,
        Evidence = "cases/0/evidence/1",
        FileName = text,
        PointCount = 2,
        Points =
        {
            new MetricPoint { Time = s_start, Value = 1, Line = 2 },
            new MetricPoint { Time = s_start + Duration.FromTimeSpan(TimeSpan.FromMinutes(2)), Value = 4, Line = 3 },
        },
    };
}
