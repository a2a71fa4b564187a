using System.ComponentModel.DataAnnotations;
using FaultMaven.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace FaultMaven.Knowledge.Database;

/// <summary>Where the knowledge base is kept.</summary>
internal sealed class KnowledgeOptions
{
    public const string Section = "Knowledge";

    /// <summary>The folder of the database, created when missing; relative to the content root. Default <c>data/knowledge</c>.</summary>
    [Required]
    [Shown]
    public string Directory { get; set; } = Path.Combine("data", "knowledge");
}

[OptionsValidator]
internal sealed partial class KnowledgeOptionsValidator : IValidateOptions<KnowledgeOptions>;
