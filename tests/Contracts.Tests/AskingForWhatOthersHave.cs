using FaultMaven.Protos;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.Tests.Shared;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace FaultMaven.Contracts.Tests;

/// <summary>Every RPC, called by the administrator of a tenant about what another tenant has.</summary>
public sealed class AskingForWhatOthersHave(AskingForWhatOthersHave.Host host) : IClassFixture<AskingForWhatOthersHave.Host>
{
    private static readonly Principal s_rival = new("rival", "mallory", PrincipalKind.Person, [Role.Admin, Role.Auditor]);

    public static TheoryData<string> Methods => [.. Permissions.Methods.Order(StringComparer.Ordinal)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Methods))]
    public async Task Is_answered_as_if_there_were_no_such_thing(string method)
    {
        var descriptor = Find(method);
        var (theirs, hasNames) = new RequestAbout(host.Names).Of(descriptor);
        var (nothing, _) = new RequestAbout(OneOfEverything.Absent).Of(descriptor);

        var aboutTheirs = await RawCall.MakeAsync(host.Invoker(s_rival), descriptor, theirs);
        var aboutNothing = await RawCall.MakeAsync(host.Invoker(s_rival), descriptor, nothing);

        Assert.DoesNotContain(host.Secrets, secret => aboutTheirs.Contains(secret, StringComparison.Ordinal));
        if (hasNames && !IsAboutOwnCalls(method))
        {
            Assert.Equal(Neutral(aboutNothing, OneOfEverything.Absent), Neutral(aboutTheirs, host.Names));
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
                var answer = await RawCall.MakeAsync(host.Invoker(s_rival), descriptor, request);

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
            await RawCall.MakeAsync(host.Invoker(s_rival), descriptor, new RequestAbout(host.Names).Of(descriptor).Request);
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

    // What one's own tenant gets by these has nothing to do with another's scope of that name; what is the installation's is no tenant's.
    private static bool IsOfOwn(string method) =>
        Permissions.Find(method)!.OfInstallation
        || method.Contains("RedactionService/", StringComparison.Ordinal)
        || method.EndsWith("ListDeadLetters", StringComparison.Ordinal);

    // The audit log of the rival has what the rival did, these calls too.
    private static bool IsAboutOwnCalls(string method) => method.Contains("AuditService/", StringComparison.Ordinal);

    private static MethodDescriptor Find(string method) => Contract.Services.SelectMany(service => service.Methods)
        .Single(candidate => $"/{candidate.Service.FullName}/{candidate.Name}" == method);

    private static string Neutral(string answer, IReadOnlyDictionary<string, string> names) => names
        .OrderByDescending(name => name.Value.Length)
        .Aggregate(answer, (text, name) => text.Replace(name.Value, name.Key, StringComparison.Ordinal));

    /// <summary>A system in which one tenant has one of everything.</summary>
    public sealed class Host : IAsyncLifetime
    {
        public const string Email = "alice.owner@example.net";

        private FaultMavenHost _host = null!;
        private OneOfEverything _owned = null!;

        public RedactionService.RedactionServiceClient Redaction => new(_host.Channel);

        /// <summary>The names of what there is.</summary>
        public IReadOnlyDictionary<string, string> Names => _owned.Names;

        /// <summary>What an answer to another tenant must not contain.</summary>
        public IReadOnlyList<string> Secrets { get; } = ["Mulberry"];

        public async ValueTask InitializeAsync()
        {
            _host = await FaultMavenHost.StartAsync(null, null, TestIdentity.Settings, Cancel);
            _owned = await OneOfEverything.MakeAsync(_host.Channel.CreateCallInvoker(), "Mulberry", Cancel);
        }

        public ValueTask DisposeAsync() => _host.DisposeAsync();

        /// <summary>Calls as someone.</summary>
        public CallInvoker Invoker(Principal principal) => new SigningInvoker(_host.Channel.CreateCallInvoker(), principal);

        /// <summary>All that the owner has.</summary>
        public Task<string> ReadAllAsync() => _owned.ReadAllAsync(Cancel);
    }
}
