using Grpc.Core;

namespace FaultMaven.ServiceDefaults.Cases;

/// <summary>A call that can be cancelled by us as well as by its caller.</summary>
internal sealed class EndableCallContext : ServerCallContext
{
    // Where the library looks for it in contexts that are not its own.
    private const string HttpContextKey = "__HttpContext";

    private readonly ServerCallContext _call;
    private readonly CancellationToken _ended;

    public EndableCallContext(ServerCallContext call, CancellationToken ended)
    {
        (_call, _ended) = (call, ended);
        call.UserState[HttpContextKey] = call.GetHttpContext();
    }

    protected override CancellationToken CancellationTokenCore => _ended;

    protected override string MethodCore => _call.Method;

    protected override string HostCore => _call.Host;

    protected override string PeerCore => _call.Peer;

    protected override DateTime DeadlineCore => _call.Deadline;

    protected override Metadata RequestHeadersCore => _call.RequestHeaders;

    protected override Metadata ResponseTrailersCore => _call.ResponseTrailers;

    protected override AuthContext AuthContextCore => _call.AuthContext;

    protected override IDictionary<object, object> UserStateCore => _call.UserState;

    protected override Status StatusCore
    {
        get => _call.Status;
        set => _call.Status = value;
    }

    protected override WriteOptions? WriteOptionsCore
    {
        get => _call.WriteOptions;
        set => _call.WriteOptions = value;
    }

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => _call.WriteResponseHeadersAsync(responseHeaders);

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        _call.CreatePropagationToken(options);
}
