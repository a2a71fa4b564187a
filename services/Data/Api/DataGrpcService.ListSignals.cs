using FaultMaven.Data.Query.Signals;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Filtering;
using FaultMaven.ServiceDefaults.Paging;
using Google.Protobuf;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    private static readonly FilterSchema<Proto.Signal> s_signalFields = new FilterSchema<Proto.Signal>()
        .Text("kind", signal => signal.Kind)
        .Text("subject", signal => signal.Subject)
        .Text("summary", signal => signal.Summary)
        .Enum("severity", signal => signal.Severity)
        .Enum("state", signal => signal.State)
        .Number("surprise", signal => signal.Surprise)
        .Time("start_time", signal => signal.StartTime?.ToDateTimeOffset())
        .Time("end_time", signal => signal.EndTime?.ToDateTimeOffset())
        .Map("attributes", signal => signal.Attributes.AsReadOnly());

    public override async Task<Proto.ListSignalsResponse> ListSignals(Proto.ListSignalsRequest request, ServerCallContext context)
    {
        var parent = ParseParent(request.Parent);
        var page = KeysetPage.Of(request, @default: 200, max: 1_000);
        var matches = s_signalFields.Parse(request.Filter);
        var response = new Proto.ListSignalsResponse();

        var after = page.IsFirst ? null : ParseKey(page.Text(0), request.PageToken);

        await foreach (var signal in signals.ReadAsync(parent, after, context.CancellationToken))
        {
            if (!matches(signal))
            {
                continue;
            }

            if (response.Signals.Count == page.Size)
            {
                response.NextPageToken = page.NextToken(CaseSignals.KeyOf(response.Signals[^1]).ToByteString().ToBase64());
                break;
            }

            response.Signals.Add(signal);
        }

        await EnsureExistsIfAsync(response.Signals.Count == 0, parent, context.CancellationToken);

        return response;
    }

    private static Proto.Signal ParseKey(string key, string token)
    {
        try
        {
            return Proto.Signal.Parser.ParseFrom(ByteString.FromBase64(key));
        }
        catch (Exception exception) when (exception is FormatException or InvalidProtocolBufferException)
        {
            throw RpcFault.InvalidArgument(
                ErrorReason.InvalidPageToken, "page_token was not issued for this request.", ("page_token", token));
        }
    }
}
