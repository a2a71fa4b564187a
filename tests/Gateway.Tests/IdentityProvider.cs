using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace FaultMaven.Gateway.Tests;

/// <summary>
/// A real OpenID Connect provider on its own port. It gives whoever asks for a token what the request says: who, which roles, for what, and
/// until when.
/// </summary>
internal sealed class IdentityProvider : IAsyncDisposable
{
    private readonly WebApplication _app;

    private IdentityProvider(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <param name="issuer">Whom it pretends to be; null for itself.</param>
    /// <param name="cancellationToken">Stops the start.</param>
    /// <param name="port">Where it listens; 0 for any port. One that is started again at the same port has other keys.</param>
    public static async Task<IdentityProvider> StartAsync(string? issuer, CancellationToken cancellationToken, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddOpenIddict().AddServer(server =>
        {
            server.SetTokenEndpointUris("token").AllowClientCredentialsFlow().EnableDegradedMode();
            server.AddEphemeralSigningKey(SecurityAlgorithms.EcdsaSha256).DisableAccessTokenEncryption();
            server.AddEncryptionKey(new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)));
            if (issuer is not null)
            {
                server.SetIssuer(issuer);
            }

            server.UseAspNetCore().DisableTransportSecurityRequirement();
            server.AddEventHandler<ValidateTokenRequestContext>(handler => handler.UseInlineHandler(_ => default));
            server.AddEventHandler<HandleTokenRequestContext>(handler => handler.UseInlineHandler(GiveAsync));
        });
        var app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{port}");
        app.UseAuthentication();
        await app.StartAsync(cancellationToken);
        return new IdentityProvider(app);
    }

    /// <summary>Asks for an access token.</summary>
    public async Task<string> TokenAsync(
        string subject, string roles, string audience = "faultmaven", string? tenant = "acme", TimeSpan? validFor = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler(), disposeHandler: true) { BaseAddress = new Uri(Address) };
        var request = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = "tests",
            ["client_secret"] = "made-up",
            ["subject"] = subject,
            ["roles"] = roles,
            ["aud"] = audience,
            ["valid_for"] = $"{validFor ?? TimeSpan.FromHours(1)}",
        };
        if (tenant is not null)
        {
            request["tenant"] = tenant;
        }

        using var content = new FormUrlEncodedContent(request);
        using var answer = await http.PostAsync(new Uri("token", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return (await answer.EnsureSuccessStatusCode().ReadAsync()).GetProperty("access_token").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private static ValueTask GiveAsync(HandleTokenRequestContext context)
    {
        string Asked(string name) => (string?)context.Request.GetParameter(name) ?? "";

        var identity = new ClaimsIdentity(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
        identity.SetClaim(Claims.Subject, Asked("subject"));
        identity.SetClaims("roles", [.. Asked("roles").Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        if (Asked("tenant") is { Length: > 0 } tenant)
        {
            identity.SetClaim("tenant", tenant);
        }

        identity.SetDestinations(_ => [Destinations.AccessToken]);
        identity.SetResources(Asked("aud"));
        identity.SetAccessTokenLifetime(TimeSpan.Parse(Asked("valid_for"), null));
        context.SignIn(new ClaimsPrincipal(identity));
        return default;
    }
}
