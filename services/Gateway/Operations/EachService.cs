using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Calls;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Paging;
using Grpc.Core;
using Grpc.Net.ClientFactory;

namespace FaultMaven.Gateway.Operations;

/// <summary>
/// Asks services about what each of them has for itself, such as outboxes and flags, where one that has nothing of the kind does not serve
/// the calls.
/// </summary>
/// <param name="clients">Makes a client for each service by its name.</param>
internal sealed class EachService(GrpcClientFactory clients)
{
    /// <summary>At most this many are asked for at a time.</summary>
    public const int MaxPageSize = 200;

    /// <summary>The services.</summary>
    public static readonly string[] Names =
        [ResourceNames.Agent, ResourceNames.Data, ResourceNames.Knowledge, ResourceNames.Redaction, ResourceNames.Session];

    /// <summary>All items of all services.</summary>
    /// <param name="read">Reads a page by its token; the token of the next, empty after the last.</param>
    public async Task<IEnumerable<T>> ReadAllAsync<TClient, T>(Func<TClient, string, Task<(IReadOnlyList<T> Items, string Next)>> read)
        where TClient : ClientBase<TClient>
    {
        var lists = await Task.WhenAll(Names.Select(service => ReadAsync(service, read)));
        return lists.SelectMany(list => list);
    }

    /// <summary>Calls one service, if it is one of them and serves such calls.</summary>
    /// <param name="service">Its name.</param>
    /// <param name="missing">The error if it is not, or does not.</param>
    /// <param name="call">The call.</param>
    public async Task<T> AskAsync<TClient, T>(string service, Func<RpcException> missing, Func<TClient, AsyncUnaryCall<T>> call)
        where TClient : ClientBase<TClient>
    {
        if (!Names.Contains(service))
        {
            throw missing();
        }

        try
        {
            return await CallAsync<TClient, T>(service, async client => await call(client));
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unimplemented)
        {
            throw missing();
        }
        catch (RpcException exception) when (RpcFault.ReasonOf(exception) is not (ErrorReason.Unspecified or ErrorReason.Internal))
        {
            throw RpcFault.PassOn(exception);
        }
    }

    /// <summary>A page of items that are sorted by a text.</summary>
    public static (List<T> Items, string Next) Cut<T>(IEnumerable<T> all, Func<T, string> keyOf, KeysetPage page)
    {
        var rest = all.Where(item => page.IsFirst || string.CompareOrdinal(keyOf(item), page.Text(0)) > 0)
            .OrderBy(keyOf, StringComparer.Ordinal)
            .ToList();
        var items = rest.Take(page.Size).ToList();
        return (items, rest.Count > page.Size ? page.NextToken(keyOf(items[^1])) : "");
    }

    private async Task<List<T>> ReadAsync<TClient, T>(
        string service, Func<TClient, string, Task<(IReadOnlyList<T> Items, string Next)>> read)
        where TClient : ClientBase<TClient>
    {
        var all = new List<T>();
        try
        {
            var token = "";
            do
            {
                (var items, token) = await CallAsync<TClient, (IReadOnlyList<T>, string)>(service, client => read(client, token));
                all.AddRange(items);
            }
            while (token.Length > 0);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unimplemented)
        {
            // The service has nothing of the kind.
        }

        return all;
    }

    private Task<T> CallAsync<TClient, T>(string service, Func<TClient, Task<T>> call)
        where TClient : ClientBase<TClient> =>
        ServiceCall.To(service, ErrorReason.ServiceUnavailable, () => call(clients.CreateClient<TClient>(NameOf<TClient>(service))));

    /// <summary>The name by which a client of a service is registered.</summary>
    public static string NameOf<TClient>(string service) => $"{service}/{typeof(TClient).Name}";
}
