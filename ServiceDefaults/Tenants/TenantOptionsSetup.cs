using System.Collections;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Tenants;

/// <summary>Reads the options of a tenant over those of all.</summary>
/// <param name="configuration">All settings.</param>
/// <param name="section">That of all tenants.</param>
/// <param name="tenantSection">That of one tenant, with <c>*</c> for its id.</param>
internal sealed class TenantOptionsSetup<TOptions>(IConfiguration configuration, string section, string tenantSection)
    : IConfigureNamedOptions<TOptions>
    where TOptions : class
{
    /// <inheritdoc/>
    public void Configure(TOptions options) => Configure(Options.DefaultName, options);

    /// <inheritdoc/>
    public void Configure(string? name, TOptions options)
    {
        configuration.GetSection(section).Bind(options);
        if (string.IsNullOrEmpty(name))
        {
            return;
        }

        var own = configuration.GetSection(tenantSection.Replace("*", name, StringComparison.Ordinal));
        foreach (var list in typeof(TOptions).GetProperties().Where(property => own.GetSection(property.Name).Exists()))
        {
            // The binder adds to a list; that of a tenant replaces the one of all.
            (list.GetValue(options) as IList)?.Clear();
        }

        own.Bind(options);
    }
}
