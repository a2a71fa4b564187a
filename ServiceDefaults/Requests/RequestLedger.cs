using System.Security.Cryptography;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.State;
using Google.Protobuf;

namespace FaultMaven.ServiceDefaults.Requests;

/// <summary>
/// Which resource each <c>request_id</c> created, and from what content: the same request again replays the first result, another request
/// with the same id is refused. An entry is written in the transaction that creates the resource.
/// </summary>
public sealed class RequestLedger(StateStore state)
{
    private const string Prefix = "requests/";

    /// <summary>The digest of a request: of all its fields but <c>request_id</c>. The text in it should be redacted before.</summary>
    /// <remarks>Requests with maps have no digest, because their bytes have no fixed order.</remarks>
    public static string DigestOf(IMessage request)
    {
        var content = request.Descriptor.Parser.ParseFrom(request.ToByteString());
        request.Descriptor.FindFieldByName("request_id").Accessor.Clear(content);
        return Convert.ToHexStringLower(SHA256.HashData(content.ToByteArray()).AsSpan(0, 16));
    }

    /// <summary>Finds what a request id created. Null if it was not used.</summary>
    /// <param name="partition">What the id is unique in, such as a case.</param>
    /// <param name="requestId">The id, not empty.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<RequestRecord?> FindAsync(Partition partition, string requestId, CancellationToken cancellationToken) =>
        await state.FindAsync(partition, KeyOf(requestId), cancellationToken) is { } record ? RequestRecord.Parse(record.Text) : null;

    /// <summary>
    /// Finds what a request id created by the same request. Null if it was not used; ALREADY_EXISTS if by another request.
    /// </summary>
    /// <inheritdoc cref="FindAsync"/>
    public async Task<string?> FindReplayAsync(Partition partition, string requestId, string digest, CancellationToken cancellationToken) =>
        await FindAsync(partition, requestId, cancellationToken) switch
        {
            null => null,
            { } record when record.Digest == digest => record.Resource,
            _ => throw Reused(requestId),
        };

    /// <summary>Adds an entry to the transaction that creates the resource; the transaction fails if the id was used meanwhile.</summary>
    public static void Stage(StateTransaction transaction, string requestId, RequestRecord record)
    {
        transaction.IfAbsent(KeyOf(requestId));
        transaction.Put(KeyOf(requestId), record.ToString());
    }

    /// <summary>ALREADY_EXISTS: the id was used for another request.</summary>
    public static Grpc.Core.RpcException Reused(string requestId) => RpcFault.AlreadyExists(
        ErrorReason.RequestIdReused, "request_id was used before with another request; choose a new one.", ("request_id", requestId));

    private static string KeyOf(string requestId) => Prefix + requestId;
}

/// <summary>What a request id was used for.</summary>
/// <param name="Resource">The name of the resource it created.</param>
/// <param name="Digest">The digest of the request, see <see cref="RequestLedger.DigestOf"/>.</param>
public sealed record RequestRecord(string Resource, string Digest)
{
    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    public static RequestRecord Parse(string text) =>
        text.Split(' ', 2) is [var digest, var resource] ? new RequestRecord(resource, digest) : new RequestRecord(text, "");

    /// <inheritdoc/>
    public override string ToString() => $"{Digest} {Resource}";
}
