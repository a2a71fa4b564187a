using System.Runtime.CompilerServices;
using FaultMaven.Agents.Analysis;
using FaultMaven.Agents.Answers;
using FaultMaven.Agents.Catalogue;
using FaultMaven.Agents.Gate;
using FaultMaven.Protos.Data.V1;
using Google.Protobuf;
using static FaultMaven.Agents.Tests.TestSignals;

namespace FaultMaven.Agents.Tests.Answers;

public class WritingAnAnswer
{
    [Fact]
    public async Task Reads_as_approved()
    {
        var catalogue = FailureCatalogue.Load(null);
        var signals = Case(
            Signal(
                "metric.exhausting", "metric/FreeStorageSpace",
                "FreeStorageSpace on orders-db fell from 40 GiB to 0.4 GiB and keeps falling", severity: Severity.Critical,
                file: "metrics.json", line: 12,
                attributes: [("metric", "FreeStorageSpace"), ("resource", "storage"), ("value", "0.4"), ("unit", "GiB")]),
            Signal(
                "platform.storage_full", "instance/orders-db", "The instance orders-db ran out of storage space",
                severity: Severity.Critical, minute: 9,
                file: "platform.json", line: 4, attributes: [("message", "ran out of storage space")]),
            Signal(
                "db.statement_dominant", "database/orders-db", "The statement INSERT INTO archive causes 81 % of the load",
                severity: Severity.Warning,
                file: "load.json", line: 7, attributes: [("statement", "INSERT INTO archive"), ("load", "5.1")]),
            Signal("deploy.changed", "service/archiver", "archiver 2.4.0 was deployed", severity: Severity.Info, minute: -3,
                file: "deploys.json", attributes: [("version", "2.4.0")]),
            Normal("metric.within_bounds", "metric/CPUUtilization", "CPUUtilization on orders-db stayed between 21 and 34 %",
                "metrics.json", 3));
        var investigation = new Investigation(catalogue);
        investigation.Begin();
        Assert.NotEmpty(investigation.Study(signals, "", []).ToList());

        var answer = await new EvidenceGate(new Vocabulary(catalogue)).PassAsync(
            AnswerDraft.Write("", investigation, [], []), investigation.Conclusion, signals, Lines(signals),
            TestContext.Current.CancellationToken);

        await CompareAsync("answer.approved.json",
            new JsonFormatter(JsonFormatter.Settings.Default.WithIndentation()).Format(answer) + "\n");
    }

    // Set FAULTMAVEN_APPROVE=1 to take what was written as approved; the diff is then reviewed like any other.
    private static async Task CompareAsync(string file, string actual, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, file);
        if (Environment.GetEnvironmentVariable("FAULTMAVEN_APPROVE") == "1")
        {
            await File.WriteAllTextAsync(path, actual, TestContext.Current.CancellationToken);
        }

        Assert.Equal(await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken), actual);
    }
}
