using FaultMaven.Data.Query.Timelines;
using FaultMaven.ServiceDefaults.Errors;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    public override async Task QueryEvidenceTimeline(
        Proto.QueryEvidenceTimelineRequest request,
        IServerStreamWriter<Proto.QueryEvidenceTimelineResponse> responseStream,
        ServerCallContext context)
    {
        var parent = ParseParent(request.Parent);
        var query = ParseTimelineQuery(request);

        // An open stream would hold up shutdown until the client lets go.
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        IReadOnlyList<Proto.Evidence> logs = request.Evidence.Length == 0
            ? await timeline.ListLogsAsync(parent, stop.Token)
            : [await FindAsync(ParseEvidence(request.Evidence, parent), stop.Token)];
        await EnsureExistsIfAsync(logs.Count == 0, parent, stop.Token);
        var buckets = ToBuckets(logs, query);

        using var place = await reads.EnterAsync(stop.Token);
        var count = await timeline.CountAsync(
            parent,
            logs,
            query,
            buckets,
            async progress => await responseStream.WriteAsync(new() { Progress = progress }, stop.Token),
            stop.Token);

        await responseStream.WriteAsync(new() { Timeline = count.ToProto() }, stop.Token);
    }

    private static TimelineQuery ParseTimelineQuery(Proto.QueryEvidenceTimelineRequest request)
    {
        var query = new TimelineQuery
        {
            StartTime = request.StartTime?.ToDateTimeOffset(),
            EndTime = request.EndTime?.ToDateTimeOffset(),
            BucketWidth = ParseWidth(request.BucketWidth),
            MaxBuckets = CountOf(request.MaxBuckets, @default: 60, max: TimelineBuckets.MaxCount),
            MaxTemplates = CountOf(request.MaxTemplates, @default: 10, max: 100),
            IncidentTime = request.IncidentTime?.ToDateTimeOffset(),
        };

        return query.StartTime >= query.EndTime ? throw RpcFault.InvalidField("end_time", "must be after start_time") : query;
    }

    private static TimelineBuckets ToBuckets(IReadOnlyList<Proto.Evidence> logs, TimelineQuery query)
    {
        if (EvidenceTimeline.Span(logs, query) is not var (first, last))
        {
            return TimelineBuckets.None;
        }

        if (query.BucketWidth is not { } width)
        {
            return TimelineBuckets.Of(first, last, query.MaxBuckets);
        }

        return TimelineBuckets.Needed(first, last, width) is > TimelineBuckets.MaxCount and var needed
            ? throw RpcFault.InvalidField(
                "bucket_width", $"would give {needed} buckets from {first:O} to {last:O}; the limit is {TimelineBuckets.MaxCount}")
            : TimelineBuckets.Of(first, last, width);
    }

    private static TimeSpan? ParseWidth(Duration? width) => width switch
    {
        null => null,
        _ when width.ToTimeSpan() is var span
            && span >= TimeSpan.FromMilliseconds(1) && span.Ticks % TimeSpan.TicksPerMillisecond == 0 => span,
        _ => throw RpcFault.InvalidField("bucket_width", "must be whole milliseconds, at least one"),
    };
}
