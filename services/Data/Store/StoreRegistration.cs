using FaultMaven.Data.Evidence.Searching;
using FaultMaven.Data.Evidence.Timelines;
using FaultMaven.ServiceDefaults.Messaging;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Evidence;

internal static class EvidenceRegistration
{
    public static void AddEvidence(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<DataOptions, DataOptionsValidator>().BindConfiguration(DataOptions.Section);

        builder.AddRedisClient(ResourceNames.Redis);
        builder.AddOutbox(EvidenceStore.Service);

        builder.Services.AddSingleton<EvidenceStore>();
        builder.AddBlobs();
        builder.Services.AddSingleton<EvidenceRemoval>();
        builder.Services.AddSingleton<EvidenceLines>();
        builder.Services.AddSingleton<EvidenceSearch>();
        builder.Services.AddSingleton<EvidenceTimeline>();
        builder.Services.AddSingleton<DataGrpcService>();
    }

    private static void AddBlobs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<S3BlobOptions, S3BlobOptionsValidator>().BindConfiguration(S3BlobOptions.Section);
        builder.Services.AddSingleton<BlobCache>();
        builder.Services.AddSingleton<FileBlobStore>();
        builder.Services.AddSingleton<S3BlobStore>();

        // One of the two is made, when the first text is asked for.
        builder.Services.AddSingleton<IBlobStore>(services => services.GetRequiredService<IOptions<S3BlobOptions>>().Value.Bucket.Length > 0
            ? services.GetRequiredService<S3BlobStore>()
            : services.GetRequiredService<FileBlobStore>());
    }
}
