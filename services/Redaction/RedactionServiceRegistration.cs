using FaultMaven.Redaction.Api;
using FaultMaven.Redaction.External;
using FaultMaven.Redaction.Policies;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Redacting;
using FaultMaven.Redaction.Restoring;
using FaultMaven.Redaction.Store;

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
    }

    /// <summary>Maps its RPCs.</summary>
    public static void MapRedactionService(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<RedactionGrpcService>();
        endpoints.MapGrpcService<RedactionPolicyGrpcService>();
    }
}
