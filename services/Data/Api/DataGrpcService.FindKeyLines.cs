using Grpc.Core;

namespace FaultMaven.Data.Api;

internal sealed partial class DataGrpcService
{
    private const int DefaultKeyLines = 10;
    private const int MaxKeyLines = 100;

    public override async Task<Proto.FindKeyLinesResponse> FindKeyLines(Proto.FindKeyLinesRequest request, ServerCallContext context)
    {
        var parent = ParseParent(request.Parent);
        var count = CountOf(request.MaxResults, DefaultKeyLines, MaxKeyLines);

        // Redacting makes a scope for the case, which must not be one that nothing ever deletes.
        await cases.EnsureExistsAsync(parent, context.CancellationToken);
        var question = await redaction.RedactQuestionAsync(parent, request.Question, context.CancellationToken);

        using var place = await reads.EnterAsync(context.CancellationToken);
        return new() { KeyLines = { await keyLines.FindAsync(parent, question, count, context.CancellationToken) } };
    }
}
