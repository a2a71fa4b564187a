namespace FaultMaven.ServiceDefaults.Settings;

/// <summary>A setting that the host or a library reads itself, so that no options of ours are bound to it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Description">What it means.</param>
internal sealed record HostSetting(string Key, string Description)
{
    /// <summary>
    /// What operators get to see of a value; null to mask it. By default all values are masked: connection strings have passwords in them.
    /// </summary>
    public Func<string, string?> Shown { get; init; } = _ => null;

    /// <summary>What a value, empty if it is not set, must be instead, as in <c>KEY must be …</c>; null if it is right.</summary>
    public Func<string, string?> MustBe { get; init; } = _ => null;

    /// <summary>Shows all of a value, for what is never a secret.</summary>
    public static string Everything(string value) => value;

    /// <summary>Shows a URL without its user and query.</summary>
    public static string? WithoutUser(string value) => Uri.TryCreate(value, UriKind.Absolute, out var uri)
        ? uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped)
        : null;
}
