using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.State;
using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.Extensions.Options;

namespace FaultMaven.Gateway.Keys;

internal static class ApiKeyRegistration
{
    public static void AddApiKeys(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IValidateOptions<ApiKeyOptions>, ApiKeyOptionsValidator>();
        builder.Services.AddOptionsWithValidateOnStart<ApiKeyOptions>().BindConfiguration(ApiKeyOptions.Section);
        builder.AddState(ResourceNames.Gateway);
        builder.AddRequestRecords(Protos.Identity.V1.ApiKeyService.Descriptor, ResourceNames.Gateway);
        builder.Services.AddSingleton<ApiKeyStore>();
        builder.Services.AddTenantHolder<ApiKeyStore>();
        builder.Services.AddSingleton<ApiKeyIdentity>();
    }
}
