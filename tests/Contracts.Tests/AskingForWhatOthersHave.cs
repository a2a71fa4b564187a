using FaultMaven.Client;
using FaultMaven.Protos;
using FaultMaven.Protos.Agent.V1;
using FaultMaven.Protos.Data.V1;
using FaultMaven.Protos.Identity.V1;
using FaultMaven.Protos.Knowledge.V1;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.Tests.Shared;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace FaultMaven.Contracts.Tests;

/// <summary>Every RPC, called by the administrator of a tenant about what another tenant has.</summary>
public sealed class AskingForWhatOthersHave(AskingForWhatOthersHave.Host host) : IClassFixture<AskingForWhatOthersHave.Host>
{
    private static readonly Principal s_rival = new("rival", "mallory", PrincipalKind.Person, [Role.Admin, Role.Auditor]);

    private static readonly JsonFormatter s_json = new(
        JsonFormatter.Settings.Default.WithTypeRegistry(TypeRegistry.FromFiles(Google.Rpc.ErrorDetailsReflection.Descriptor)));

    public static TheoryData<string> Methods => [.. Permissions.Methods.Order(StringComparer.Ordinal)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Is_answered_as_if_there_were_no_such_thing(string method)
    {
        var descriptor = Find(method);
        var (theirs, hasNames) = new RequestAbout(host.Names).Of(descriptor);
        var (nothing, _) = new RequestAbout(host.Absent).Of(descriptor);

        var aboutTheirs = await CallAsync(descriptor, theirs);
        var aboutNothing = await CallAsync(descriptor, nothing);

        Assert.DoesNotContain(host.Secrets, secret => aboutTheirs.Contains(secret, StringComparison.Ordinal));
        if (hasNames)
        {
            Assert.Equal(Neutral(aboutNothing, host.Absent), Neutral(aboutTheirs, host.Names));
            Assert.False(!IsOfOwn(method) && !aboutTheirs.StartsWith("NotFound", StringComparison.Ordinal), aboutTheirs);
        }
    }

    [Fact]
    public async Task Is_never_answered_whatever_the_name_is_made_of()
    {
        var tricks = new Func<string, string>[]
        {
            name => $"local/{name}", name => $"{name}/", name => $"/{name}", name => name.ToUpperInvariant(), name => $"../local/{name}",
            name => $"{name}\0", name => $"tenants/local/{name}", name => $"{name}%2F..", name => $" {name}",
            name => name.Replace('/', '\\'),
            name => $"cases/../local/{name}", name => $"{name}@local", name => name.Insert(6, "local~"), name => $"{name}?tenant=local",
        };
        foreach (var descriptor in Contract.Services.SelectMany(service => service.Methods))
        {
            foreach (var trick in tricks)
            {
                var names = host.Names.ToDictionary(name => name.Key, name => trick(name.Value));
                var (request, hasNames) = new RequestAbout(names).Of(descriptor);
                var answer = await CallAsync(descriptor, request);

                Assert.DoesNotContain(host.Secrets, secret => answer.Contains(secret, StringComparison.Ordinal));
                Assert.False(answer.StartsWith("Internal", StringComparison.Ordinal), $"{descriptor.FullName}: {answer}");
                Assert.False(hasNames && answer.StartsWith("Unknown", StringComparison.Ordinal), $"{descriptor.FullName}: {answer}");
            }
        }
    }

    [Fact]
    public async Task Leaves_everything_as_it_was()
    {
        var before = await host.ReadAllAsync();
        foreach (var descriptor in Contract.Services.SelectMany(service => service.Methods))
        {
            await CallAsync(descriptor, new RequestAbout(host.Names).Of(descriptor).Request);
        }

        Assert.Equal(before, await host.ReadAllAsync());
    }

    [Fact]
    public async Task Does_not_learn_by_a_guess_what_a_scope_of_the_same_name_holds_nor_get_it_back()
    {
        var redaction = new RedactionService.RedactionServiceClient(host.Invoker(s_rival));
        var theirs = (await host.Redaction.RedactTextAsync(
            new() { Scope = "shared-name", Text = $"{Host.Email} and first@example.net" }, cancellationToken: Cancel)).Text;

        var guess = await redaction.RedactTextAsync(new() { Scope = "shared-name", Text = "first@example.net" }, cancellationToken: Cancel);
        var restored = await redaction.RestoreTextAsync(new() { Scope = "shared-name", Text = theirs }, cancellationToken: Cancel);
        var own = await host.Redaction.RestoreTextAsync(new() { Scope = "shared-name", Text = theirs }, cancellationToken: Cancel);

        // The first value of a scope of their own, whatever number it has in the other's.
        Assert.Equal(theirs.Split(' ')[0], guess.Text);
        Assert.DoesNotContain(Host.Email, restored.Text, StringComparison.Ordinal);
        Assert.Contains(Host.Email, own.Text, StringComparison.Ordinal);
    }

    // What one's own tenant gets by these has nothing to do with another's scope of that name.
    private static bool IsOfOwn(string method) =>
        method.Contains("RedactionService/", StringComparison.Ordinal) || method.EndsWith("ListDeadLetters", StringComparison.Ordinal);

    private static MethodDescriptor Find(string method) => Contract.Services.SelectMany(service => service.Methods)
        .Single(candidate => $"/{candidate.Service.FullName}/{candidate.Name}" == method);

    private static string Neutral(string answer, IReadOnlyDictionary<string, string> names) => names
        .OrderByDescending(name => name.Value.Length)
        .Aggregate(answer, (text, name) => text.Replace(name.Value, name.Key, StringComparison.Ordinal));

    /// <summary>What the rival is answered: the status with all that is said about it, or <c>OK</c> with the first answer.</summary>
    private async Task<string> CallAsync(MethodDescriptor descriptor, IMessage request)
    {
        var raw = Marshallers.Create<byte[]>(bytes => bytes, bytes => bytes);
        var method = new Method<byte[], byte[]>(MethodType.DuplexStreaming, descriptor.Service.FullName, descriptor.Name, raw, raw);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        using var call = host.Invoker(s_rival).AsyncDuplexStreamingCall(method, null, new CallOptions(cancellationToken: stop.Token));
        try
        {
            await call.RequestStream.WriteAsync(request.ToByteArray(), Cancel);
            await call.RequestStream.CompleteAsync();
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            // Refused before it was sent; the answer says why.
        }

        try
        {
            var answer = await call.ResponseStream.MoveNext(Cancel)
                ? s_json.Format(descriptor.OutputType.Parser.ParseFrom(call.ResponseStream.Current))
                : "";
            return $"OK {(descriptor.IsServerStreaming ? "" : answer)}";
        }
        catch (RpcException exception)
        {
            var error = FaultMavenError.From(exception);
            return $"{exception.StatusCode} {error.Reason} {exception.Status.Detail} {string.Join(
                ' ', error.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key}={entry.Value}"))}";
        }
    }

    /// <summary>A system in which one tenant has one of everything.</summary>
    public sealed class Host : IAsyncLifetime
    {
        public const string Email = "alice.owner@example.net";

        private FaultMavenHost _host = null!;
        private string _case = "";

        public RedactionService.RedactionServiceClient Redaction => new(_host.Channel);

        /// <summary>The names of what there is.</summary>
        public IReadOnlyDictionary<string, string> Names { get; private set; } = null!;

        /// <summary>Names of the same form of what there is not.</summary>
        public IReadOnlyDictionary<string, string> Absent { get; private set; } = null!;

        /// <summary>What an answer to another tenant must not contain.</summary>
        public IReadOnlyList<string> Secrets { get; } = ["Mulberry", "medlar"];

        public async ValueTask InitializeAsync()
        {
            _host = await FaultMavenHost.StartAsync(null, null, TestIdentity.Settings, Cancel);
            var sessions = new SessionService.SessionServiceClient(_host.Channel);
            _case = (await sessions.CreateCaseAsync(new() { Title = "Mulberry is down" }, cancellationToken: Cancel)).Name;
            var message = await sessions.CreateMessageAsync(
                new() { Parent = _case, Text = "Mulberry again" }, cancellationToken: Cancel);
            var evidence = await new DataService.DataServiceClient(_host.Channel).CreateEvidenceAsync(
                new() { Parent = _case, FileName = "medlar.log", Content = ByteString.CopyFromUtf8("ERROR medlar: disk full\n") },
                cancellationToken: Cancel);
            var agent = new AgentService.AgentServiceClient(_host.Channel);
            var turn = await agent.CreateTurnAsync(new() { Parent = _case, Question = "Why is Mulberry down?" }, cancellationToken: Cancel);
            using (var watch = agent.WatchTurn(new() { Name = turn.Name }, cancellationToken: Cancel))
            {
                while (await watch.ResponseStream.MoveNext(Cancel))
                {
                }
            }

            var signals = await new DataService.DataServiceClient(_host.Channel).ListSignalsAsync(
                new() { Parent = _case }, cancellationToken: Cancel);
            var document = (await new KnowledgeService.KnowledgeServiceClient(_host.Channel).BatchImportDocumentsAsync(
                new() { Documents = { new DocumentSource { Path = "mulberry.md", Content = ByteString.CopyFromUtf8("# Mulberry") } } },
                cancellationToken: Cancel)).Results[0].Document;
            var policy = await new RedactionPolicyService.RedactionPolicyServiceClient(_host.Channel).CreateRedactionPolicyAsync(
                new() { RedactionPolicyId = "mulberry", RedactionPolicy = new() }, cancellationToken: Cancel);

            var key = await new ApiKeyService.ApiKeyServiceClient(_host.Channel).CreateApiKeyAsync(
                new()
                {
                    ApiKey = new()
                    {
                        DisplayName = "Mulberry bot",
                        Roles = { ApiKey.Types.Role.Viewer },
                        ExpireTime = Timestamp.FromDateTimeOffset(TimeProvider.System.GetUtcNow() + TimeSpan.FromDays(1)),
                    },
                },
                cancellationToken: Cancel);

            Names = Named(_case, evidence.Name, signals.Signals[0].Name, message.Name, turn.Name, document.Name, policy.Name, key.Name);
            Absent = Named(
                "cases/0",
                "cases/0/evidence/0",
                "cases/0/evidence/0/signals/0",
                "cases/0/messages/0",
                "cases/0/turns/0",
                "documents/0",
                "redactionPolicies/none",
                "apiKeys/0123456789abcdef");
        }

        public ValueTask DisposeAsync() => _host.DisposeAsync();

        /// <summary>Calls as someone.</summary>
        public CallInvoker Invoker(Principal principal) => new SigningInvoker(_host.Channel.CreateCallInvoker(), principal);

        /// <summary>All that the owner has.</summary>
        public async Task<string> ReadAllAsync()
        {
            var sessions = new SessionService.SessionServiceClient(_host.Channel);
            var data = new DataService.DataServiceClient(_host.Channel);
            return string.Join('\n',
                await sessions.GetCaseAsync(new() { Name = _case }, cancellationToken: Cancel),
                await sessions.ListCaseEventsAsync(new() { Parent = _case }, cancellationToken: Cancel),
                await data.ListEvidenceAsync(new() { Parent = _case }, cancellationToken: Cancel),
                await data.ListSignalsAsync(new() { Parent = _case }, cancellationToken: Cancel),
                await new AgentService.AgentServiceClient(_host.Channel).ListTurnsAsync(
                    new() { Parent = _case }, cancellationToken: Cancel),
                await new KnowledgeService.KnowledgeServiceClient(_host.Channel).ListDocumentsAsync(new(), cancellationToken: Cancel),
                await new RedactionPolicyService.RedactionPolicyServiceClient(_host.Channel).ListRedactionPoliciesAsync(
                    new(), cancellationToken: Cancel),
                await new ApiKeyService.ApiKeyServiceClient(_host.Channel).ListApiKeysAsync(new(), cancellationToken: Cancel));
        }

        private static Dictionary<string, string> Named(
            string parent, string evidence, string signal, string message, string turn, string document, string policy, string key) => new()
            {
                ["faultmaven.dev/Case"] = parent,
                ["faultmaven.dev/Evidence"] = evidence,
                ["faultmaven.dev/Signal"] = signal,
                ["faultmaven.dev/Message"] = message,
                ["faultmaven.dev/Turn"] = turn,
                ["faultmaven.dev/Document"] = document,
                ["faultmaven.dev/RedactionPolicy"] = policy,
                ["faultmaven.dev/ApiKey"] = key,
                ["faultmaven.dev/FailureMode"] = "failureModes/none",
                ["faultmaven.dev/Outbox"] = "outboxes/session",
                ["faultmaven.dev/DeadLetter"] = "outboxes/session/deadLetters/0",
            };
    }

    private sealed class SigningInvoker(CallInvoker inner, Principal principal) : CallInvoker
    {
        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            inner.BlockingUnaryCall(method, host, Signed(method, options), request);

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            inner.AsyncUnaryCall(method, host, Signed(method, options), request);

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options, TRequest request) =>
            inner.AsyncServerStreamingCall(method, host, Signed(method, options), request);

        public override AsyncClientStreamingCall<TRequest, TResponse> AsyncClientStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            inner.AsyncClientStreamingCall(method, host, Signed(method, options));

        public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
            Method<TRequest, TResponse> method, string? host, CallOptions options) =>
            inner.AsyncDuplexStreamingCall(method, host, Signed(method, options));

        private CallOptions Signed(IMethod method, CallOptions options)
        {
            var token = TestIdentity.TokenFor(IdentityTokens.AudienceOf(method.ServiceName), principal);
            return options.WithHeaders(new Metadata { { IdentityTokens.Header, token } });
        }
    }
}
