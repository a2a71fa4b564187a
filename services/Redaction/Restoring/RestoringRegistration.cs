namespace FaultMaven.Redaction.Restoring;

/// <summary>Registers what puts values back in place of placeholders.</summary>
internal static class RestoringRegistration
{
    public static void AddRestoring(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<TextRestorer>();
}
