using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Identity.V1;
using FaultMaven.Protos.Knowledge.V1;
using FaultMaven.Protos.Operations.V1;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.Protos.Session.V1;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace FaultMaven.Client;

/// <summary>
/// All services of FaultMaven, at one address. Made once and shared: it keeps connections, and may be used by many at a time.
/// </summary>
public sealed class FaultMavenClient : IDisposable
{
    private readonly GrpcChannel? _channel;

    /// <summary>Connects on the first call.</summary>
    public FaultMavenClient(FaultMavenClientOptions options)
        : this(FaultMavenChannel.Create(options), options)
    {
    }

    /// <summary>Uses a channel that is disposed of with this.</summary>
    public FaultMavenClient(GrpcChannel channel, FaultMavenClientOptions options)
        : this(Intercept(channel, options)) => _channel = channel;

    /// <summary>Uses a call invoker as it is: its deadlines are the caller's affair.</summary>
    public FaultMavenClient(CallInvoker calls)
    {
        Calls = calls;
        Agent = new AgentService.AgentServiceClient(calls);
        ApiKeys = new ApiKeyService.ApiKeyServiceClient(calls);
        AuditLogs = new AuditService.AuditServiceClient(calls);
        Data = new DataService.DataServiceClient(calls);
        Flags = new FlagService.FlagServiceClient(calls);
        Knowledge = new KnowledgeService.KnowledgeServiceClient(calls);
        Outboxes = new OutboxService.OutboxServiceClient(calls);
        Redaction = new RedactionService.RedactionServiceClient(calls);
        RedactionPolicies = new RedactionPolicyService.RedactionPolicyServiceClient(calls);
        Settings = new SettingsService.SettingsServiceClient(calls);
        Tenants = new TenantService.TenantServiceClient(calls);
        Sessions = new SessionService.SessionServiceClient(calls);
    }

    /// <summary>Makes the calls, for a client of another service at the same address.</summary>
    public CallInvoker Calls { get; }

    /// <summary>Turns: what a case's evidence says about a question.</summary>
    public AgentService.AgentServiceClient Agent { get; }

    /// <summary>Keys for programs.</summary>
    public ApiKeyService.ApiKeyServiceClient ApiKeys { get; }

    /// <summary>For auditors: who changed what, and who was refused.</summary>
    public AuditService.AuditServiceClient AuditLogs { get; }

    /// <summary>Evidence, and the signals found in it.</summary>
    public DataService.DataServiceClient Data { get; }

    /// <summary>For operators: what can be switched while services run.</summary>
    public FlagService.FlagServiceClient Flags { get; }

    /// <summary>Documents: runbooks and the like.</summary>
    public KnowledgeService.KnowledgeServiceClient Knowledge { get; }

    /// <summary>For operators: events that could not be published.</summary>
    public OutboxService.OutboxServiceClient Outboxes { get; }

    /// <summary>Redacting and restoring text.</summary>
    public RedactionService.RedactionServiceClient Redaction { get; }

    /// <summary>What is redacted, and how.</summary>
    public RedactionPolicyService.RedactionPolicyServiceClient RedactionPolicies { get; }

    /// <summary>For operators: what each process is set to.</summary>
    public SettingsService.SettingsServiceClient Settings { get; }

    /// <summary>For administrators of an installation: what a tenant has, as a whole.</summary>
    public TenantService.TenantServiceClient Tenants { get; }

    /// <summary>Cases, their messages and events.</summary>
    public SessionService.SessionServiceClient Sessions { get; }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _channel?.Dispose();

    private static CallInvoker Intercept(GrpcChannel channel, FaultMavenClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var calls = channel.Intercept(new RequestIds(), DefaultDeadlines.Of(options));
        return options.BreakGlass is { } glass ? calls.Intercept(glass.AddTo) : calls;
    }
}
