using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Tenants;

/// <summary>Refuses wrong settings of tenants when the common ones are validated: at start.</summary>
/// <param name="reader">Reads those of tenants.</param>
/// <param name="validators">What validates the common ones.</param>
internal sealed class TenantOptionsValidator<TOptions>(
    TenantOptionsReader<TOptions> reader, IReadOnlyList<IValidateOptions<TOptions>> validators)
    : IValidateOptions<TOptions>
    where TOptions : class
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, TOptions options)
    {
        var problems = reader.FindUnknown().Select(key => $"{key} cannot differ for a tenant.").ToList();
        try
        {
            problems.AddRange(reader.Read().SelectMany(FindProblems));
        }
        catch (InvalidOperationException exception)
        {
            problems.Add(exception.Message);
        }

        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    private IEnumerable<string> FindProblems((string Key, string Tenant, TOptions Options) entry) => validators
        .SelectMany(validator => validator.Validate(null, entry.Options).Failures ?? [])
        .Select(failure => $"{entry.Key}: {failure}");
}
