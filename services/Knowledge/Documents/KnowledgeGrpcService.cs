using FaultMaven.Knowledge.Database;
using FaultMaven.Knowledge.Search;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;

namespace FaultMaven.Knowledge.Documents;

/// <summary>The RPCs; each has its own file.</summary>
internal sealed partial class KnowledgeGrpcService(
    DocumentImport import, DocumentStore store, DocumentSearch search, KnowledgeRedactor redactor, ILogger<KnowledgeGrpcService> logger)
    : Proto.KnowledgeService.KnowledgeServiceBase
{
    /// <summary>What the store is called in errors.</summary>
    private const string Store = "knowledge";

    private static DocumentName ParseName(string name) =>
        DocumentName.TryParse(name, out var parsed)
            ? parsed
            : throw RpcFault.InvalidField("name", "must have the form documents/{document}, with lower-case letters, digits and hyphens");

    /// <summary>Asks the database and says by a typed error if it does not work.</summary>
    private async Task<T> InStoreAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (KnowledgeDatabaseException exception)
        {
            LogStoreFailed(exception, exception.Failure);
            throw exception.Failure switch
            {
                KnowledgeDatabaseFailure.Full => RpcFault.Exhausted(
                    ErrorReason.StorageFull, "There is no room left for the knowledge base; free some and retry.", ("store", Store)),
                _ => RpcFault.Unavailable(ErrorReason.StoreUnavailable, "The knowledge base cannot be read or written.", ("store", Store)),
            };
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The knowledge database is {Failure}.")]
    private partial void LogStoreFailed(Exception exception, KnowledgeDatabaseFailure failure);
}
