using System.ComponentModel.DataAnnotations;
using FaultMaven.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Store;

/// <summary>Where evidence is kept.</summary>
internal sealed class DataOptions
{
    public const string Section = "Data";

    /// <summary>
    /// The folder of stored evidence; replicas share it. A relative one is below the content root. Default <c>data/data</c>.
    /// </summary>
    [Required]
    [Shown]
    public string Directory { get; set; } = Path.Combine("data", "data");
}

[OptionsValidator]
internal sealed partial class DataOptionsValidator : IValidateOptions<DataOptions>;
