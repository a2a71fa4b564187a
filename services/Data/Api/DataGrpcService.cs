using FaultMaven.Data.Intake;
using FaultMaven.Data.Intake.Bytes;
using FaultMaven.Data.Query;
using FaultMaven.Data.Query.CaseGraph;
using FaultMaven.Data.Query.KeyLines;
using FaultMaven.Data.Query.Metrics;
using FaultMaven.Data.Query.Search;
using FaultMaven.Data.Query.Signals;
using FaultMaven.Data.Query.Timelines;
using FaultMaven.Data.Store;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Names;
using FaultMaven.ServiceDefaults.Requests;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService(
    CaseLookup cases,
    ReadAdmission reads,
    EvidenceIntake intake,
    EvidenceStore store,
    EvidenceListing listing,
    EvidenceRemoval removal,
    EvidenceLines lines,
    EvidenceSearch search,
    KeyLineSearch keyLines,
    CaseGraphReader graph,
    EvidenceTimeline timeline,
    MetricSeriesQuery metrics,
    CaseSignals signals,
    TextRedaction redaction,
    EvidenceReclassification reclassification,
    MineTemplatesCall mineTemplates,
    RequestLedger ledger,
    IHostApplicationLifetime lifetime)
    : Proto.DataService.DataServiceBase
{
    private const int MaxFileNameLength = 255;

    private static CaseName ParseParent(string parent, string field = "parent") => NameField.Parse<CaseName>(parent, field);

    // Where there is nothing to answer with, Session knows whether that is because there is no such case.
    private Task EnsureExistsIfAsync(bool isEmpty, CaseName parent, CancellationToken cancellationToken) =>
        isEmpty ? cases.EnsureExistsAsync(parent, cancellationToken) : Task.CompletedTask;

    private static EvidenceName ParseName(string name) => NameField.Parse<EvidenceName>(name, "name");

    private static int CountOf(int wanted, int @default, int max) => wanted == 0 ? @default : Math.Min(wanted, max);

    /// <param name="metadata">What the caller says about its file.</param>
    /// <param name="path">What comes before the names of its fields, such as <c>metadata.</c>.</param>
    private static Upload ParseUpload(Proto.EvidenceMetadata metadata, string path)
    {
        var parent = ParseParent(metadata.Parent, $"{path}parent");

        // People upload from Windows as well. A control character in a name has no use but to deceive a terminal.
        var last = metadata.FileName[(metadata.FileName.LastIndexOfAny(['/', '\\']) + 1)..];
        var fileName = string.Concat(last.Select(c => char.IsControl(c) ? '_' : c));

        return fileName.Length is > 0 and <= MaxFileNameLength
            ? new Upload(parent, fileName, metadata.Type, RequestId.Parse(metadata.RequestId))
            : throw RpcFault.InvalidField($"{path}file_name", $"must have 1 to {MaxFileNameLength} characters after its path");
    }

    /// <summary>Takes a file in, or gives the answer of its request id.</summary>
    /// <param name="context">The call.</param>
    /// <param name="upload">The file.</param>
    /// <param name="said">What the caller says about it.</param>
    /// <param name="next">Its bytes.</param>
    /// <param name="ensure">Called before anything is done; throws if nothing may be.</param>
    /// <param name="observer">Is notified of the progress.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task<IntakeResult> TakeAsync(
        ServerCallContext context,
        Upload upload,
        Proto.EvidenceMetadata said,
        NextPiece next,
        Func<Task> ensure,
        IntakeObserver observer,
        CancellationToken cancellationToken)
    {
        IntakeResult.Refused? refusal = null;
        using var content = new RequestContent(said, token => next(token));
        var evidence = await ledger.RunAsync(context, upload.RequestId, content, RunAsync, _ => refusal is not null);

        return refusal is null ? new IntakeResult.Stored(evidence) : refusal;

        async Task<Proto.Evidence> RunAsync()
        {
            await ensure();
            var result = await intake.TakeAsync(upload, content.ReadAsync, observer, cancellationToken);
            refusal = result as IntakeResult.Refused;

            return (result as IntakeResult.Stored)?.Evidence ?? new();
        }
    }

    private static Proto.Evidence ToAnswer(IntakeResult result) => result switch
    {
        IntakeResult.Stored stored => stored.Evidence,
        IntakeResult.Refused refused => throw refused.Failure.ToFault(),
        _ => throw new InvalidOperationException($"{result.GetType()} has no answer."),
    };

    /// <summary>The result of one file of several. A failure that the next file would have too ends the call instead.</summary>
    private static Proto.EvidenceResult ToResult(IntakeResult result) => result switch
    {
        IntakeResult.Refused { Failure: { Reason: ErrorReason.StorageFull or ErrorReason.CaseFull or ErrorReason.CaseNotFound } failure } =>
            throw failure.ToFault(),
        IntakeResult.Refused refused => new() { FileName = refused.FileName, Error = refused.Failure.ToStatus() },
        IntakeResult.Stored stored => new() { FileName = stored.Evidence.FileName, Evidence = stored.Evidence },
        _ => throw new InvalidOperationException($"{result.GetType()} has no answer."),
    };

    private async Task<Proto.Evidence> FindAsync(EvidenceName name, CancellationToken cancellationToken) =>
        await store.FindAsync(name, cancellationToken) ?? throw RpcFault.NotFound(ErrorReason.EvidenceNotFound, $"{name}");
}
