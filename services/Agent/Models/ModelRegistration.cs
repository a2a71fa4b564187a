using System.ClientModel;
using System.ClientModel.Primitives;
using FaultMaven.Protos.Redaction.V1;
using FaultMaven.ServiceDefaults.Flags;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using OpenAI;
using OpenAI.Chat;

namespace FaultMaven.Agents.Models;

internal static class ModelRegistration
{
    private const string HttpClientName = "FaultMaven.Agents.Model";
    private const string ActivitySourceName = "FaultMaven.Agents.Model";

    // Local servers mostly need no key, but the client requires one.
    private const string NoKey = "none";

    /// <summary>The model, if one is configured; everything sent to it is redacted first.</summary>
    public static void AddModel(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<ModelOptions>().BindConfiguration(ModelOptions.Section);
        builder.Services.AddSingleton<IValidateOptions<ModelOptions>, ModelOptionsValidator>();
        builder.Services.AddSingleton<IValidateOptions<ModelOptions>, ModelIsWhole>();
        builder.Services.AddSingleton(services => new ModelInvestigator(
            services.GetKeyedService<IChatClient>(ResourceNames.Agent),
            services.GetRequiredService<IOptions<ModelOptions>>(),
            services.GetRequiredKeyedService<FlagValues>(ResourceNames.Agent),
            services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<ILogger<ModelInvestigator>>()));
        if (string.IsNullOrEmpty(builder.Configuration[$"{ModelOptions.Section}:{nameof(ModelOptions.Endpoint)}"]))
        {
            return;
        }

        builder.Services.AddHttpClient(HttpClientName);
        builder.Services.AddKeyedChatClient(ResourceNames.Agent, Connect)
            .Use((inner, services) => new RedactingChatClient(inner,
                services.GetRequiredService<RedactionService.RedactionServiceClient>()))
            .UseOpenTelemetry(sourceName: ActivitySourceName);
    }

    private static IChatClient Connect(IServiceProvider services)
    {
        var options = services.GetRequiredService<IOptions<ModelOptions>>().Value;
        var http = services.GetRequiredService<IHttpClientFactory>().CreateClient(HttpClientName);
        return new ChatClient(
            options.Id,
            new ApiKeyCredential(options.ApiKey.Length > 0 ? options.ApiKey : NoKey),
            new OpenAIClientOptions
            {
                Endpoint = options.Endpoint,
                Transport = new HttpClientPipelineTransport(http),
                RetryPolicy = new ClientRetryPolicy(maxRetries: 1),
            }).AsIChatClient();
    }
}
