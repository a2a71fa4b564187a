using System.ComponentModel.DataAnnotations;
using FaultMaven.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace FaultMaven.Agents.Models;

internal sealed class ModelOptions
{
    public const string Section = "Agent:Model";

    /// <summary>The base address of an OpenAI-compatible API, such as <c>https://host/v1</c>. None by default: no model is used.</summary>
    public Uri? Endpoint { get; set; }

    /// <summary>The key for the API. Local servers mostly need none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The id of the model at that API.</summary>
    [Shown]
    public string Id { get; set; } = "";

    /// <summary>How long the model may take before the analyst's answer is given. Default 45 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(45);
}

[OptionsValidator]
internal sealed partial class ModelOptionsValidator : IValidateOptions<ModelOptions>;

/// <summary>An endpoint without a model, or a model without an endpoint, is an incomplete configuration.</summary>
internal sealed class ModelIsWhole : IValidateOptions<ModelOptions>
{
    public ValidateOptionsResult Validate(string? name, ModelOptions options) => options.Endpoint is null == (options.Id.Length == 0)
        ? ValidateOptionsResult.Success
        : ValidateOptionsResult.Fail(
            $"{ModelOptions.Section}:{nameof(ModelOptions.Endpoint)} and {nameof(ModelOptions.Id)} must be set together.");
}
