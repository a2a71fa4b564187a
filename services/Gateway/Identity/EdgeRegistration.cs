using FaultMaven.Gateway.Keys;
using FaultMaven.Gateway.Limits;
using FaultMaven.ServiceDefaults.Settings;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;

namespace FaultMaven.Gateway.Identity;

/// <summary>Registers the edge: who may come in from outside.</summary>
public static class EdgeRegistration
{
    /// <summary>How far the clock of the provider may differ from ours.</summary>
    private static readonly TimeSpan s_clockSkew = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How often tokens with an unknown key may have the provider's keys read again. A rotation takes as long to be noticed, at most.
    /// </summary>
    private static readonly TimeSpan s_refreshInterval = TimeSpan.FromSeconds(30);

    /// <summary>Adds it.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="hostsServices">Whether the services run in this process, and call each other through it.</param>
    public static void AddEdge(this IHostApplicationBuilder builder, bool hostsServices)
    {
        builder.Services.AddSingleton<IValidateOptions<EdgeOptions>, EdgeOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<EdgeOptions>, AuthorityValidator>();
        builder.Services.AddOptionsWithValidateOnStart<EdgeOptions>().BindConfiguration(EdgeOptions.Section);
        builder.Services.Configure<EdgeSetup>(setup => setup.HostsServices = hostsServices);
        builder.Services.AddSingleton<CallerIdentity>();
        builder.Services.AddSingleton<BreakGlass>();
        builder.AddApiKeys();
        builder.AddCallLimits();
        builder.Services.AddCors();

        // The library takes its time to load, and most who run all of it on their own machine have no provider.
        if (HasProvider(builder.Configuration))
        {
            AddProvider(builder);
        }
    }

    /// <summary>Whether a provider of identities is configured.</summary>
    public static bool HasProvider(IConfiguration configuration) =>
        configuration[$"{EdgeOptions.Section}:{nameof(EdgeOptions.Authority)}"] is { Length: > 0 };

    /// <summary>Guards all that is mapped after it.</summary>
    public static void UseEdge(this WebApplication app)
    {
        app.Services.EnsureSettings();

        // Made now, so that a token file that cannot be made is known at start.
        app.Services.GetRequiredService<CallerIdentity>();
        if (app.Services.GetRequiredService<IOptions<EdgeOptions>>().Value.AllowedOrigins is { Count: > 0 } origins)
        {
            app.UseCors(policy => policy.WithOrigins([.. origins]).AllowAnyHeader().AllowAnyMethod());
        }

        app.UseMiddleware<Edge>();
    }

    /// <summary>Maps what the edge serves itself: the keys of programs.</summary>
    public static void MapEdge(this IEndpointRouteBuilder endpoints) => endpoints.MapGrpcService<ApiKeyGrpcService>();

    /// <summary>Whether there is a key by which someone could come in.</summary>
    public static Task<bool> HasActiveKeyAsync(IServiceProvider services, CancellationToken cancellationToken) =>
        services.GetRequiredService<ApiKeyStore>().HasActiveAsync(cancellationToken);

    private static void AddProvider(IHostApplicationBuilder builder)
    {
        builder.Services.AddAuthentication().AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme).Configure<IOptions<EdgeOptions>>(
            (jwt, edge) =>
            {
                jwt.Authority = edge.Value.Authority?.ToString();
                jwt.Audience = edge.Value.Audience;
                jwt.MapInboundClaims = false;
                jwt.RefreshInterval = s_refreshInterval;
                jwt.TokenValidationParameters.ClockSkew = s_clockSkew;
                jwt.RequireHttpsMetadata = edge.Value.Authority?.Scheme == Uri.UriSchemeHttps;
            });
    }
}
