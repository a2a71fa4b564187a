using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.Limits;
using FaultMaven.ServiceDefaults.Tenants;
using Grpc.Core;

namespace FaultMaven.Gateway.Limits;

/// <summary>How many calls come in, of each caller and of each tenant.</summary>
internal sealed class CallRates(ITokenBuckets buckets, TenantOptions<RateLimitOptions> options)
{
    private const string Caller = "caller";
    private const string Tenant = "tenant";
    private const string Reads = "reads";
    private const string Changes = "changes";

    /// <summary>Counts a call; what it is refused with if there were too many, otherwise null.</summary>
    /// <param name="method">The full name of the method.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="isLocalUser">Whether that is the local user.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async ValueTask<RpcException?> CountAsync(
        string method, Principal caller, bool isLocalUser, CancellationToken cancellationToken)
    {
        var limits = options.Of(caller.Tenant);
        if (isLocalUser && !limits.LimitLocalUser)
        {
            return null;
        }

        // What has no rule does nothing, but costs as much as what has one.
        var calls = Permissions.Find(method)?.Changes == false ? Reads : Changes;
        var (perMinute, burst, tenantPerMinute, tenantBurst) = calls == Reads
            ? (limits.CallerReadsPerMinute, limits.CallerReadBurst, limits.TenantReadsPerMinute, limits.TenantReadBurst)
            : (limits.CallerChangesPerMinute, limits.CallerChangeBurst, limits.TenantChangesPerMinute, limits.TenantChangeBurst);
        var wanted = new List<(string Of, TokenBucket Bucket)>(2);
        if (perMinute > 0)
        {
            wanted.Add((Caller, new TokenBucket($"{calls}:{IdOf(caller)}", perMinute, burst)));
        }

        if (tenantPerMinute > 0)
        {
            wanted.Add((Tenant, new TokenBucket(calls, tenantPerMinute, tenantBurst)));
        }

        return wanted.Count > 0
            && await buckets.TakeAsync(caller.Tenant, [.. wanted.Select(item => item.Bucket)], cancellationToken) is { } empty
                ? Refuse(wanted[empty.Index].Of, calls, wanted[empty.Index].Bucket.PerMinute, empty.Wait)
                : null;
    }

    private static RpcException Refuse(string of, string calls, int perMinute, TimeSpan wait)
    {
        LimitTelemetry.Refused.Add(1, new(LimitTelemetry.Of, of), new(LimitTelemetry.Calls, calls));
        var seconds = Math.Max(0.1, Math.Ceiling(wait.TotalSeconds * 10) / 10);
        return RpcFault.Exhausted(
            ErrorReason.RateLimited,
            wait,
            string.Create(
                CultureInfo.InvariantCulture,
                $"There were more than the {perMinute} {calls} that a {of} may make in a minute; the next is let in in {seconds:0.0} s."),
            ("of", of),
            ("calls", calls),
            ("per_minute", perMinute.ToString(CultureInfo.InvariantCulture)));
    }

    // The provider may name people by their addresses.
    private static string IdOf(Principal caller) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{caller.Kind}:{caller.Subject}")).AsSpan(0, 16));
}
