namespace FaultMaven.AppHost;

/// <summary>The folder for what outlives a run: <c>FAULTMAVEN_STATE</c>, by default <c>.faultmaven</c> in the app host's folder.</summary>
internal sealed record StateFolder(string Path)
{
    private const string Setting = "FAULTMAVEN_STATE";

    public static StateFolder Of(IDistributedApplicationBuilder builder) => new(System.IO.Path.GetFullPath(
        builder.Configuration[Setting] is { Length: > 0 } chosen ? chosen : ".faultmaven", builder.AppHostDirectory));

    /// <summary>A resource's own folder.</summary>
    public string For(string resource) => System.IO.Path.Combine(Path, resource);
}
