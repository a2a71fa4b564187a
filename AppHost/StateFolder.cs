namespace FaultMaven.AppHost;

/// <summary>What outlives a run: <c>.faultmaven</c> beside the app host, or the folder that <c>FAULTMAVEN_STATE</c> names.</summary>
internal sealed record StateFolder(string Path)
{
    private const string Setting = "FAULTMAVEN_STATE";

    public static StateFolder Of(IDistributedApplicationBuilder builder) => new(System.IO.Path.GetFullPath(
        builder.Configuration[Setting] is { Length: > 0 } chosen ? chosen : ".faultmaven", builder.AppHostDirectory));

    /// <summary>A resource's own folder.</summary>
    public string For(string resource) => System.IO.Path.Combine(Path, resource);
}
