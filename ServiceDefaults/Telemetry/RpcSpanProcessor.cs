using System.Diagnostics;
using OpenTelemetry;

namespace FaultMaven.ServiceDefaults.Telemetry;

/// <summary>
/// Names a span after its RPC (<c>faultmaven.session.v1.SessionService/CreateCase</c>), and removes what callers write into it.
/// </summary>
internal sealed class RpcSpanProcessor : BaseProcessor<Activity>
{
    private const string Rpc = "rpc.method";
    private const string RpcSystem = "rpc.system.name";

    /// <summary>Paths and queries hold names and texts; host, user agent and address are the caller's.</summary>
    private static readonly string[] s_fromCallers =
    [
        "url.path", "url.query", "user_agent.original", "server.address", "server.port",
        "client.address", "client.port", "network.peer.address", "network.peer.port",
    ];

    /// <summary>Attributes of calls that repeat the RPC, or the whole address with its query.</summary>
    private static readonly string[] s_redundant = ["url.full", "grpc.method", "http.route"];

    /// <summary>Records which RPC a span is about.</summary>
    public static void SetRpc(Activity span, string fullName)
    {
        span.SetTag(RpcSystem, "grpc");
        span.SetTag(Rpc, fullName.TrimStart('/'));
    }

    // A caller's trace state would also be sent on to the other services.
    public override void OnStart(Activity data)
    {
        if (data.Kind == ActivityKind.Server)
        {
            data.TraceStateString = null;
        }
    }

    public override void OnEnd(Activity data)
    {
        if (data.GetTagItem(Rpc) is string rpc)
        {
            data.DisplayName = rpc;
        }

        Remove(data, s_redundant);
        if (data.Kind == ActivityKind.Server)
        {
            Remove(data, s_fromCallers);
        }
    }

    private static void Remove(Activity span, string[] keys)
    {
        foreach (var key in keys)
        {
            span.SetTag(key, null);
        }
    }
}
