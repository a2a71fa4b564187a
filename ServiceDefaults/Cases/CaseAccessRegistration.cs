using FaultMaven.Protos;
using FaultMaven.Protos.Names;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace FaultMaven.ServiceDefaults.Cases;

/// <summary>Registers who says who may see a case.</summary>
public static class CaseAccessRegistration
{
    /// <summary>Has another service asked, unless what knows it is in this process.</summary>
    /// <param name="builder">The application.</param>
    /// <param name="ask">Asks about a case; null if it does not exist.</param>
    public static void AddCaseAccess(
        this IHostApplicationBuilder builder, Func<IServiceProvider, CaseName, CancellationToken, Task<CaseAccess?>> ask) =>
        builder.Services.TryAddSingleton<ICaseAccessSource>(services => new RememberedCaseAccess(
            (name, cancellationToken) => ask(services, name, cancellationToken),
            services.GetRequiredService<IOptions<CaseAccessOptions>>(),
            services.GetRequiredService<TimeProvider>()));

    /// <summary>Has <typeparamref name="TSource"/> say it, before any other.</summary>
    public static void AddCaseAccess<TSource>(this IHostApplicationBuilder builder)
        where TSource : class, ICaseAccessSource
    {
        builder.Services.RemoveAll<ICaseAccessSource>();
        builder.Services.AddSingleton<ICaseAccessSource, TSource>();
    }

    internal static void AddCaseAccessOptions(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<CaseAccessOptions>, CaseAccessOptionsValidator>();
        builder.Services.AddOptionsWithValidateOnStart<CaseAccessOptions>().BindConfiguration(CaseAccessOptions.Section);
    }
}
