using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Validation;
using Grpc.Core;

namespace FaultMaven.Knowledge.Documents;

internal sealed partial class KnowledgeGrpcService
{
    private const int MaxBytes = 3 * 1024 * 1024;

    public override async Task<Proto.BatchImportDocumentsResponse> BatchImportDocuments(
        Proto.BatchImportDocumentsRequest request, ServerCallContext context)
    {
        if (request.Documents.Sum(source => (long)source.Content.Length) > MaxBytes)
        {
            throw RpcFault.InvalidArgument(
                ErrorReason.TooLarge, $"The documents have more than {MaxBytes} bytes together.", ("limit_bytes", $"{MaxBytes}"));
        }

        var results = new Proto.ImportResult[request.Documents.Count];
        var drafts = new List<(int Index, DocumentDraft Draft)>(results.Length);
        for (var i = 0; i < results.Length; i++)
        {
            var source = request.Documents[i];
            if (RequestRules.FaultOf((source, $"documents[{i}].")) is { } fault)
            {
                results[i] = DocumentMapping.NotStored(source, fault);
            }
            else if (DocumentDraft.TryCreate(source.Path, source.Content.Span, out var draft, out var problem))
            {
                drafts.Add((i, draft with { Etag = source.Etag }));
            }
            else
            {
                var (field, wanted) = problem.Value;
                results[i] = DocumentMapping.NotStored(source, RpcFault.InvalidField($"documents[{i}].{field}", wanted));
            }
        }

        return Answer(
            await InStoreAsync(() => import.ImportAsync([.. drafts.Select(d => d.Draft)], Answer, context.CancellationToken)));

        Proto.BatchImportDocumentsResponse Answer(IReadOnlyList<StoredDocument> stored)
        {
            foreach (var ((index, _), document) in drafts.Zip(stored))
            {
                results[index] = document.ToProto(request.Documents[index]);
            }

            return new Proto.BatchImportDocumentsResponse { Results = { results } };
        }
    }
}
