using System.Collections.Concurrent;
using System.Diagnostics;
using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using Grpc.Core;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Audit;

/// <summary>Writes down what callers do and are refused, in the logs of the services of this process.</summary>
public sealed class AuditTrail
{
    /// <summary>The log of what is not about one service.</summary>
    private const string Edge = "gateway";

    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(1);

    private readonly IReadOnlyList<AuditStore> _stores;
    private readonly InstallationOptions _installation;
    private readonly AuditOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(AuditStore Store, string Tenant, string Actor), Refusals> _refusals = [];

    internal AuditTrail(
        IEnumerable<AuditStore> stores, IOptions<InstallationOptions> installation, IOptions<AuditOptions> options, TimeProvider time)
    {
        _stores = [.. stores];
        _installation = installation.Value;
        _options = options.Value;
        _time = time;
    }

    /// <summary>Whether an answer refuses the caller: what they may not do, or not so often.</summary>
    public static bool IsRefusal(RpcException exception) =>
        exception.StatusCode == StatusCode.PermissionDenied || RpcFault.ReasonOf(exception) == ErrorReason.RateLimited;

    /// <summary>Writes down that a known caller was refused; beyond some a minute only how many there were.</summary>
    /// <param name="identity">Who called.</param>
    /// <param name="method">What, such as <c>/faultmaven.session.v1.SessionService/GetCase</c>.</param>
    /// <param name="refusal">What they are answered with.</param>
    public async Task RecordRefusalAsync(CallIdentity identity, string method, RpcException refusal)
    {
        if (FindStore(method) is not { } store)
        {
            return;
        }

        var tenant = TenantOf(identity);
        var key = (store, tenant, identity.Principal.Actor);
        var refusals = _refusals.GetOrAdd(key, _ => new Refusals());
        var number = Interlocked.Increment(ref refusals.Count);
        if (number == 1)
        {
            // Counted in the minute that the first one begins, and forgotten with it.
            refusals.End = _time.CreateTimer(_ => _ = EndWindowAsync(key, refusals, identity), null, s_window, Timeout.InfiniteTimeSpan);
        }

        if (number <= _options.MaxRefusalsPerMinute)
        {
            var entry = EntryOf(AuditEntry.Types.Kind.Refused, identity, method);
            SetOutcome(entry, refusal);
            await store.AppendAsync(tenant, entry);
        }
    }

    /// <summary>Begins to write down a call, if it is one that leaves a trace: a change, or anything behind broken glass.</summary>
    internal AuditedCall? Find(string method, CallIdentity identity)
    {
        // What services do in the course of a call behind broken glass is in the log where it changes something, as ever.
        var isLook = identity is { Via: null, Principal.BrokenGlass: not null };
        if (Permissions.Find(method)?.Changes != true && !isLook)
        {
            return null;
        }

        // Nothing is changed where it could not be written down.
        var store = FindStore(method) ?? throw new InvalidOperationException($"There is no audit log for {method}; call AddState first.");
        return new AuditedCall(store, TenantOf(identity), EntryOf(AuditEntry.Types.Kind.Began, identity, method));
    }

    internal static void SetOutcome(AuditEntry entry, RpcException? exception)
    {
        entry.Status = ContractStatus.NameOf(exception?.StatusCode ?? StatusCode.OK);
        entry.Reason = exception is null || RpcFault.ReasonOf(exception) is ErrorReason.Unspecified
            ? ""
            : RpcFault.NameOf(RpcFault.ReasonOf(exception));
    }

    private static AuditEntry EntryOf(AuditEntry.Types.Kind kind, CallIdentity identity, string method) => new()
    {
        Kind = kind,
        Actor = identity.Principal.Actor,
        Via = identity.Via ?? "",
        Method = method.TrimStart('/'),
        TraceId = Activity.Current?.TraceId.ToHexString() ?? "",
        BreakGlassReason = identity.Principal.BrokenGlass?.Reason ?? "",
    };

    private async Task EndWindowAsync((AuditStore Store, string Tenant, string Actor) key, Refusals refusals, CallIdentity identity)
    {
        _refusals.TryRemove(key, out _);
        if (refusals.End is { } timer)
        {
            await timer.DisposeAsync();
        }

        var more = Volatile.Read(ref refusals.Count) - _options.MaxRefusalsPerMinute;
        if (more > 0)
        {
            var entry = EntryOf(AuditEntry.Types.Kind.RefusedMore, identity, "");
            entry.TraceId = "";
            entry.Count = more;
            await key.Store.AppendAsync(key.Tenant, entry);
        }
    }

    // A service that does its own work has no tenant.
    private string TenantOf(CallIdentity identity) =>
        identity.Principal.Tenant is { Length: > 0 } tenant ? tenant : _installation.OperatingTenant;

    // Where several services are in one process, what is about none of them is the edge's.
    private AuditStore? FindStore(string method) =>
        Find(IdentityTokens.AudienceOf(method)) ?? Find(Edge) ?? (_stores.Count > 0 ? _stores[0] : null);

    private AuditStore? Find(string service) => _stores.FirstOrDefault(store => store.Service == service);

    private sealed class Refusals
    {
        public int Count;

        public ITimer? End { get; set; }
    }
}
