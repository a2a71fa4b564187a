using FaultMaven.ServiceDefaults.Settings;
using Microsoft.Extensions.Options;

namespace FaultMaven.Agents.Catalogue;

internal sealed class CatalogueOptions
{
    public const string Section = "Agent";

    /// <summary>A folder with further failure modes, one <c>*.yaml</c> each. None by default.</summary>
    [Shown]
    public string? CatalogueDirectory { get; set; }
}

/// <summary>A configured folder must exist; otherwise its failure modes would be missing without notice.</summary>
internal sealed class CatalogueOptionsValidator : IValidateOptions<CatalogueOptions>
{
    public ValidateOptionsResult Validate(string? name, CatalogueOptions options) =>
        options.CatalogueDirectory is { Length: > 0 } directory && !Directory.Exists(directory)
            ? ValidateOptionsResult.Fail(
                $"{CatalogueOptions.Section}:{nameof(CatalogueOptions.CatalogueDirectory)} is a folder that does not exist: {directory}.")
            : ValidateOptionsResult.Success;
}

internal static class CatalogueRegistration
{
    /// <summary>The catalogue of failure modes; a malformed file stops the start.</summary>
    public static void AddCatalogue(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<CatalogueOptions>().BindConfiguration(CatalogueOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<CatalogueOptions>, CatalogueOptionsValidator>();
        builder.Services.AddSingleton(services => FailureCatalogue.LoadMeanwhile(
            services.GetRequiredService<IOptions<CatalogueOptions>>().Value.CatalogueDirectory is { Length: > 0 } directory ? directory
                : null));
        builder.Services.AddHostedService<CatalogueStart>();
    }

    // Has the catalogue loaded when the service starts, not with the first turn. The start waits for what others wrote: a malformed file of
    // theirs stops it.
    private sealed class CatalogueStart(FailureCatalogue catalogue, IOptions<CatalogueOptions> options) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) =>
            options.Value.CatalogueDirectory is { Length: > 0 } ? catalogue.Loading : Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
