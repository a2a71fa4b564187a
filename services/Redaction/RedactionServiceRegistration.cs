using FaultMaven.Redaction.Api;
using FaultMaven.Redaction.External;
using FaultMaven.Redaction.Policies;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Redacting;
using FaultMaven.Redaction.Restoring;
using FaultMaven.Redaction.Store;
using FaultMaven.ServiceDefaults.State.Checks;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction;

/// <summary>Puts the redaction service into a host.</summary>
public static class RedactionServiceRegistration
{
    /// <summary>Adds what redaction needs; its state is where the host says, or else in the store of the distributed system.</summary>
    public static void AddRedactionService(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(_ => RecognitionEngine.CreateDefault());
        builder.Services.AddSingleton<PlaceholderHash>();
        builder.Services.AddSingleton<TextRedactor>();
        builder.Services.AddSingleton<TextAdmission>();
        builder.AddPseudonymStore();
        builder.AddPolicies();
        builder.AddExternalRecognizer();
        builder.AddRestoring();

        // Scopes that are named after cases are for those who may see the case.
        builder.AddCaseAccessOfSession();
    }

    /// <summary>Adds the checks of what the service keeps.</summary>
    public static void AddRedactionChecks(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptions<RedactionOptions>().BindConfiguration(RedactionOptions.Section);
        builder.Services.AddSingleton<PseudonymKey>();
        builder.Services.AddSingleton<KeyRing>();
        builder.Services.AddSingleton<IStateCheck>(services => HasKey(services)
            ? new PseudonymCheck(services.GetRequiredService<PseudonymKey>(), services.GetRequiredService<KeyRing>())
            : new PseudonymCheck(null, null));
        builder.Services.AddSingleton<IStateCheck>(services =>
            new StoredPoliciesCheck(HasKey(services) ? services.GetRequiredService<KeyRing>() : null));
        builder.AddStoreChecks(ResourceNames.Redaction);
    }

    /// <summary>Maps its RPCs.</summary>
    public static void MapRedactionService(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<RedactionGrpcService>();
        endpoints.MapGrpcService<RedactionPolicyGrpcService>();
    }

    // A check makes no key: values that are sealed need the one that they were sealed with.
    private static bool HasKey(IServiceProvider services) => PseudonymKey.IsThere(
        services.GetRequiredService<IOptions<RedactionOptions>>().Value, services.GetRequiredService<IHostEnvironment>());
}
