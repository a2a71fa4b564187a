using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    private const int DefaultLines = 100;
    private const int MaxLines = 2_000;

    public override async Task<Proto.ReadEvidenceLinesResponse> ReadEvidenceLines(
        Proto.ReadEvidenceLinesRequest request, ServerCallContext context)
    {
        var name = ParseName(request.Name);
        var start = Math.Max(1, request.StartLine);
        var count = request.EndLine switch
        {
            0 => DefaultLines,
            var end when end < start => throw RpcFault.InvalidField("end_line", "must not be before start_line"),
            var end => (int)Math.Min(MaxLines, end - start + 1),
        };

        var evidence = await FindAsync(name, context.CancellationToken);

        return new Proto.ReadEvidenceLinesResponse
        {
            StartLine = start,
            Lines = { await lines.ReadAsync(name, evidence, start, count, context.CancellationToken) },
        };
    }
}
