using System.Net;
using System.Net.Http.Headers;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using FaultMaven.Client;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Session.V1;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.Tests.Shared;
using Grpc.Core;
using Grpc.Net.Client;

namespace FaultMaven.Standalone.Tests;

/// <summary>Who may call a server on this machine, and who not: other users, other programs, web pages.</summary>
public sealed class ComingIn : IAsyncLifetime
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private FaultMavenHost _host = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _host = await FaultMavenHost.StartAsync(Cancel);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task By_the_socket_needs_nothing() =>
        await new SessionService.SessionServiceClient(_host.Channel).ListCasesAsync(new(), cancellationToken: Cancel);

    [Fact]
    public async Task By_the_address_needs_the_token_of_the_data_folder()
    {
        using var http = _host.CreateStranger();
        using var none = await http.GetAsync(Path("/v1/cases"), Cancel);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "made-up-token-of-someone-else-altogether");
        using var wrong = await http.GetAsync(Path("/v1/cases"), Cancel);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _host.Token);
        using var right = await http.GetAsync(Path("/v1/cases"), Cancel);

        Assert.Equal((HttpStatusCode.Unauthorized, "ERROR_REASON_IDENTITY_MISSING"), (none.StatusCode, await ReasonAsync(none)));
        Assert.Equal("Bearer", none.Headers.WwwAuthenticate.ToString());
        Assert.Equal((HttpStatusCode.Unauthorized, "ERROR_REASON_IDENTITY_INVALID"), (wrong.StatusCode, await ReasonAsync(wrong)));
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task Over_gRPC_needs_it_too()
    {
        using var stranger = new FaultMavenClient(new FaultMavenClientOptions { Address = _host.Address });
        using var owner = new FaultMavenClient(
            new FaultMavenClientOptions { Address = _host.Address, TokenProvider = _ => new(_host.Token) });

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await stranger.Sessions.ListCasesAsync(new(), cancellationToken: Cancel));
        await owner.Sessions.ListCasesAsync(new(), cancellationToken: Cancel);

        Assert.Equal(
            (StatusCode.Unauthenticated, ErrorReason.IdentityMissing), (fault.StatusCode, fault.ToFaultMavenError().Reason));
    }

    [Fact]
    public async Task Is_not_possible_with_a_token_that_looks_like_one_of_a_service()
    {
        using var channel = GrpcChannel.ForAddress(_host.Address);
        var forged = new Metadata
        {
            { IdentityTokens.Header, TestIdentity.TokenFor("session") },
            { "authorization", $"Bearer {_host.Token}" },
        };

        var fault = await Assert.ThrowsAsync<RpcException>(async () =>
            await new SessionService.SessionServiceClient(channel).ListCasesAsync(new(), forged, cancellationToken: Cancel));

        Assert.Equal("signature", fault.ToFaultMavenError().Metadata["problem"]);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi.json")]
    [InlineData("/docs")]
    public async Task Is_open_to_all_where_there_is_nothing_of_anyone(string path)
    {
        using var http = _host.CreateStranger();

        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(Path(path), Cancel)).StatusCode);
    }

    [Fact]
    public async Task From_a_web_page_of_another_origin_is_refused_even_with_the_token()
    {
        using var http = _host.CreateHttpClient();
        using var post = Create("https://attacker.example");
        using var opaque = Create("null");
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/cases")
        {
            Headers = { { "Origin", "https://attacker.example" }, { "Access-Control-Request-Method", "POST" } },
        };
        using var own = Create(_host.Address.GetLeftPart(UriPartial.Authority));

        using var refused = await http.SendAsync(post, Cancel);
        using var refusedToo = await http.SendAsync(opaque, Cancel);
        using var asked = await http.SendAsync(preflight, Cancel);
        using var taken = await http.SendAsync(own, Cancel);

        Assert.Equal((HttpStatusCode.Forbidden, "ERROR_REASON_ORIGIN_REFUSED"), (refused.StatusCode, await ReasonAsync(refused)));
        Assert.Equal(HttpStatusCode.Forbidden, refusedToo.StatusCode);
        Assert.False(asked.IsSuccessStatusCode);
        Assert.False(asked.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
    }

    [Fact]
    public async Task From_a_web_page_that_is_allowed_works_across_origins()
    {
        const string Console = "https://console.example.org";
        await using var host = await FaultMavenHost.StartAsync(
            null, null, new Dictionary<string, string?> { ["Identity:AllowedOrigins:0"] = Console }, Cancel);
        using var http = host.CreateHttpClient();
        using var own = Create(Console);
        using var other = Create("https://attacker.example");

        using var taken = await http.SendAsync(own, Cancel);
        using var refused = await http.SendAsync(other, Cancel);

        Assert.Equal(Console, Assert.Single(taken.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [Theory]
    [InlineData("attacker.example")]
    [InlineData("faultmaven.attacker.example:7080")]
    public async Task Under_another_name_than_that_of_this_machine_is_refused(string name)
    {
        using var http = _host.CreateHttpClient();
        http.DefaultRequestHeaders.Host = name;

        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync(Path("/v1/cases"), Cancel)).StatusCode);
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task Takes_the_same_token_after_a_restart_unless_others_could_read_it()
    {
        var directory = Directory.CreateTempSubdirectory("fm-token-").FullName;
        try
        {
            var first = await TokenOfAsync(directory);
            var file = System.IO.Path.Combine(directory, "token");
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(file));
            Assert.Equal(first, await TokenOfAsync(directory));

            File.SetUnixFileMode(file, OwnerOnly | UnixFileMode.GroupRead);

            Assert.NotEqual(first, await TokenOfAsync(directory));
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(file));
        }
        finally
        {
            Directory.Delete(directory, recursive: true);
        }
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);

    private static async Task<string> TokenOfAsync(string directory)
    {
        await using var host = await FaultMavenHost.StartAsync(directory, null, null, Cancel);
        return host.Token;
    }

    private static HttpRequestMessage Create(string origin) => new(HttpMethod.Post, "/v1/cases")
    {
        Content = new StringContent("{}", Encoding.UTF8, "application/json"),
        Headers = { { "Origin", origin } },
    };

    private static async Task<string?> ReasonAsync(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement
            .GetProperty("details")[0].GetProperty("reason").GetString();
}
