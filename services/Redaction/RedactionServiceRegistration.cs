using FaultMaven.Redaction.External;
using FaultMaven.Redaction.Policies;
using FaultMaven.Redaction.Pseudonyms;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Text;
using FaultMaven.Redaction.Vault;
using FaultMaven.ServiceDefaults.Storage;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction;

/// <summary>Puts the redaction service into a host.</summary>
public static class RedactionServiceRegistration
{
    /// <summary>Adds what redaction needs; Redis by the connection string <c>redis</c>.</summary>
    public static void AddRedactionService(this IHostApplicationBuilder builder)
    {
        builder.AddStore(ResourceNames.Redis);
        builder.Services.AddOptionsWithValidateOnStart<RedactionOptions, RedactionOptionsValidator>().BindConfiguration(RedactionOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<RedactionOptions>, RedactionKeysValidator>();
        builder.Services.AddSingleton<PseudonymKey>();
        builder.Services.AddSingleton<ScopeIndexes>();
        builder.Services.AddSingleton<IPseudonyms, RedisPseudonyms>();
        builder.Services.AddSingleton(_ => RecognitionEngine.CreateDefault());
        builder.Services.AddSingleton<PlaceholderHash>();
        builder.Services.AddSingleton<TextRedactor>();
        builder.AddPolicies();
        builder.AddVault();
        builder.AddExternalRecognizer();
    }

    /// <summary>Maps its RPCs.</summary>
    public static void MapRedactionService(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<RedactionGrpcService>();
        endpoints.MapGrpcService<RedactionPolicyGrpcService>();
    }
}
