using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace FaultMaven.Agents.Memory;

internal sealed class MemoryOptions
{
    public const string Section = "Agent:Memory";

    /// <summary>
    /// How many tokens of what was said and found earlier in a case a model gets with a question, by our estimate. Default 2000.
    /// </summary>
    [Range(0, 100_000)]
    public int Tokens { get; set; } = 2_000;
}

[OptionsValidator]
internal sealed partial class MemoryOptionsValidator : IValidateOptions<MemoryOptions>;
