using FaultMaven.Data.Evidence.Searching;
using FaultMaven.ServiceDefaults.Messaging;

namespace FaultMaven.Data.Evidence;

internal static class EvidenceRegistration
{
    public static void AddEvidence(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<DataOptions, DataOptionsValidator>().BindConfiguration(DataOptions.Section);

        builder.AddRedisClient(ResourceNames.Redis);
        builder.AddOutbox(EvidenceStore.Service);

        builder.Services.AddSingleton<EvidenceStore>();
        builder.Services.AddSingleton<IBlobStore, FileBlobStore>();
        builder.Services.AddSingleton<EvidenceRemoval>();
        builder.Services.AddSingleton<EvidenceLines>();
        builder.Services.AddSingleton<EvidenceSearch>();
        builder.Services.AddSingleton<DataGrpcService>();
    }
}
