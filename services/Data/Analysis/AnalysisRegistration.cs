namespace FaultMaven.Data.Signals;

internal static class SignalsRegistration
{
    public static void AddSignals(this IHostApplicationBuilder builder) => builder.Services.AddSingleton<SignalSearch>();
}
