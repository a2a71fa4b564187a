namespace FaultMaven.AppHost;

/// <summary>How services know who calls them.</summary>
internal static class Identity
{
    /// <summary>The first of the keys that services sign with and know each other by.</summary>
    public const string KeySetting = "Identity__Tokens__Keys__0";

    private const string Key = "identity-key";

    /// <summary>
    /// The key of all services and the gateway: another one for each run on this machine, a secret where it is published.
    /// </summary>
    public static IResourceBuilder<ParameterResource> AddIdentityKey(this IDistributedApplicationBuilder builder) =>
        builder.Resources.OfType<ParameterResource>().FirstOrDefault(parameter => parameter.Name == Key) is { } known
            ? builder.CreateResourceBuilder(known)
            : builder.AddParameter(Key, new GenerateParameterDefault { MinLength = 48, Special = false }, secret: true);

    /// <summary>
    /// Sets how callers authenticate at the gateway: on this machine with a token file in the state folder, where it is published with
    /// tokens of an identity provider.
    /// </summary>
    public static IResourceBuilder<ProjectResource> WithWayIn(this IResourceBuilder<ProjectResource> gateway, StateFolder state)
    {
        var builder = gateway.ApplicationBuilder;
        if (builder.ExecutionContext.IsPublishMode)
        {
            return gateway
                .WithEnvironment("Identity__Authority", builder.AddParameter("identity-authority"))
                .WithEnvironment("Identity__Audience", builder.AddParameter("identity-audience"));
        }

        var token = Path.Combine(state.For(gateway.Resource.Name), "token");
        Console.Out.WriteLine($"The gateway takes calls with the token in {token}: FAULTMAVEN_TOKEN=$(cat {token}) fm … --server …");
        return gateway.WithEnvironment("Identity__TokenFile", token);
    }
}
