using FaultMaven.Data.Store;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Intake;

/// <summary>
/// Where redacted texts are written before they are whole, on the same volume as the stored ones, so that moving them there is atomic.
/// </summary>
internal sealed class StagingDirectory(IOptions<DataOptions> options, IHostEnvironment environment)
{
    public string Path { get; } = System.IO.Path.Combine(environment.ContentRootPath, options.Value.Directory, "incoming");

    /// <summary>A path in there that nothing has yet.</summary>
    public string NewPath(string extension) => System.IO.Path.Combine(Path, $"{Guid.NewGuid():N}{extension}");
}
