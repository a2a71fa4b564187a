using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Limits;
using Google.Protobuf;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Requests;

/// <summary>
/// Carries out each request with a <c>request_id</c> once (google.aip.dev/155). The same request again gets the first answer, waits for it
/// while that is in progress, in whichever process, and runs if the first has failed; another request with the id is refused.
/// </summary>
/// <remarks>
/// An id belongs to its caller and method. The answer is kept by the change's own transaction, see <see cref="RequestEntry"/>; that of a
/// request that changed nothing after it. Failures are not kept.
/// </remarks>
public sealed class RequestLedger
{
    /// <summary>The header of an answer that was given before.</summary>
    public const string ReplayedHeader = "faultmaven-replayed";

    /// <summary>What the keys of all records begin with.</summary>
    internal const string Prefix = "requests/";

    private const double PartToWait = 0.9;

    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMilliseconds(500);

    private readonly RequestFlights _flights = new();
    private readonly IServiceProvider _services;
    private readonly RequestLedgerOptions _options;
    private readonly TimeProvider _time;

    internal RequestLedger(IServiceProvider services, IOptions<RequestLedgerOptions> options, TimeProvider time) =>
        (_services, _options, _time) = (services, options.Value, time);

    /// <summary>Carries out a request, or gives the answer that it was given before.</summary>
    /// <param name="context">The call.</param>
    /// <param name="requestId">Its id as <see cref="RequestId.Parse"/> gave it; empty to carry it out in any case.</param>
    /// <param name="content">All that the request says.</param>
    /// <param name="run">Carries it out.</param>
    /// <param name="fails">Whether an answer is a failure that need not come again; null for none.</param>
    /// <exception cref="RpcException">ALREADY_EXISTS: the id was used for another request.</exception>
    public async Task<T> RunAsync<T>(
        ServerCallContext context, string requestId, RequestContent content, Func<Task<T>> run, Predicate<T>? fails = null)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(context);
        if (requestId.Length == 0)
        {
            return await run();
        }

        var method = MethodOf(context);
        var key = KeyOf(CallIdentity.Current.Principal, method.FullName, requestId);
        var records = _services.GetRequiredKeyedService<IRequestRecords>(method.ServiceName);
        var entry = new RequestEntry(key, content, records, _options);
        while (true)
        {
            if (_flights.Begin(key) is { } other)
            {
                if (await WaitAsync(requestId, context, cancellationToken => WaitAsync(other, context, cancellationToken)) is { } record)
                {
                    return await ReplayAsync<T>(entry, record, requestId, context);
                }

                continue;
            }

            byte[]? ended = null;
            try
            {
                var (answer, record) = await RunOnceAsync(entry, records, run, fails, requestId, context);
                ended = record;
                return answer ?? await ReplayAsync<T>(entry, record!, requestId, context);
            }
            finally
            {
                _flights.End(key, ended ?? entry.Record);
            }
        }
    }

    // The answer if the request was carried out now, and the record of it; no answer if there is a record of an earlier one.
    private async Task<(T? Answer, byte[]? Record)> RunOnceAsync<T>(
        RequestEntry entry,
        IRequestRecords records,
        Func<Task<T>> run,
        Predicate<T>? fails,
        string requestId,
        ServerCallContext context)
        where T : class
    {
        var (claim, earlier) = await WaitAsync(
            requestId, context, cancellationToken => ClaimAsync(records, entry.Key, cancellationToken));
        await using (claim)
        {
            if (earlier is not null)
            {
                return (null, earlier);
            }

            try
            {
                var answer = await entry.RunAsync(run);
                if (entry.Record is null && fails?.Invoke(answer) != true)
                {
                    var record = entry.Seal((IMessage)answer);
                    await records.AddAsync(entry.Key, record, entry.Lifetime, context.CancellationToken);
                    entry.Keep(record);
                }

                return (answer, entry.Record);
            }
            catch (RequestAnsweredException answered)
            {
                return (null, answered.Record);
            }
            finally
            {
                if (entry.Record is not null)
                {
                    claim?.NoteAnswered();
                }
            }
        }
    }

    private async Task<(IRequestClaim? Claim, byte[]? Record)> ClaimAsync(
        IRequestRecords records, string key, CancellationToken cancellationToken)
    {
        for (var pause = s_firstPause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            // The claim first: by then its last holder has left its record.
            var claim = await records.TryClaimAsync(key, cancellationToken);
            try
            {
                var record = await records.FindAsync(key, cancellationToken);
                if (claim is not null || record is not null)
                {
                    return (claim, record);
                }
            }
            catch
            {
                await (claim?.DisposeAsync() ?? ValueTask.CompletedTask);
                throw;
            }

            await Task.Delay(pause, _time, cancellationToken);
        }
    }

    // Until shortly before the deadline, so that the caller learns that it should ask again.
    private async Task<T> WaitAsync<T>(string requestId, ServerCallContext context, Func<CancellationToken, Task<T>> wait)
    {
        var left = context.Deadline == DateTime.MaxValue ? TimeSpan.Zero : context.Deadline - _time.GetUtcNow().UtcDateTime;
        using var patience = left > TimeSpan.Zero ? new CancellationTokenSource(left * PartToWait, _time) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.CancellationToken);
        try
        {
            return await wait(either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw RpcFault.Unavailable(
                ErrorReason.RequestInProgress,
                "The same request is being carried out; retry with the same request_id to get its answer.",
                ("request_id", requestId));
        }
    }

    private static async Task<byte[]?> WaitAsync(Task<byte[]?> other, ServerCallContext context, CancellationToken cancellationToken)
    {
        // What it waits for needs the place that it would keep.
        var place = context.GetHttpContext().Features.Get<RequestPlace>();
        place?.Leave();
        try
        {
            return await other.WaitAsync(cancellationToken);
        }
        finally
        {
            place?.Return();
        }
    }

    private static async Task<T> ReplayAsync<T>(RequestEntry entry, byte[] record, string requestId, ServerCallContext context)
    {
        var (isSame, bytes) = await entry.OpenAsync(record, context.CancellationToken);
        if (!isSame)
        {
            throw RpcFault.AlreadyExists(
                ErrorReason.RequestIdReused, "request_id was used before with another request; choose a new one.",
                ("request_id", requestId));
        }

        if (bytes is null)
        {
            throw RpcFault.AlreadyExists(
                ErrorReason.AnswerNotKept,
                "The request was carried out before, but its answer was too large to keep; read what it changed.",
                ("request_id", requestId));
        }

        var answer = Activator.CreateInstance<T>();
        ((IMessage)answer!).MergeFrom(bytes);
        var response = context.GetHttpContext().Response;
        if (!response.HasStarted)
        {
            response.Headers[ReplayedHeader] = "true";
        }

        return answer;
    }

    // As JSON the call's own name is the path of the request.
    internal static IMethod MethodOf(ServerCallContext context) =>
        context.GetHttpContext().GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>()?.Method
        ?? throw new InvalidOperationException("This is not a call of one of our services.");

    /// <summary>What the keys of a tenant's records begin with, in the shards of a store.</summary>
    internal static string PrefixOf(string tenant) => $"{Prefix}{tenant}/";

    // By its tenant, so that all of a tenant's can be found; the rest says nothing to who reads it.
    private static string KeyOf(Principal principal, string method, string requestId)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var part in (string[])[$"{principal.Kind}", principal.Subject, method, requestId])
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return $"{PrefixOf(principal.Tenant)}{Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 16))}";
    }
}
