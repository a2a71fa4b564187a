using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.Requests;
using FaultMaven.ServiceDefaults.Tenants;
using Microsoft.Extensions.Options;

namespace FaultMaven.Data.Store;

internal static class StoreRegistration
{
    /// <summary>Keeps records where the host keeps state, and texts on the disk or in S3.</summary>
    public static void AddStore(this IHostApplicationBuilder builder)
    {
        builder.AddOutbox(EvidenceStore.Service);
        builder.AddRequestRecords(Proto.DataService.Descriptor, EvidenceStore.Service);

        builder.Services.AddSingleton<EvidenceStore>();
        builder.Services.AddSingleton<EvidenceListing>();
        builder.Services.AddSingleton<SignalViewStore>();
        builder.AddBlobs();
        builder.Services.AddSingleton<EvidenceRemoval>();
        builder.Services.AddTenantHolder<EvidenceRemoval>();
    }

    /// <summary>Keeps texts on the disk or in S3.</summary>
    public static void AddBlobs(this IHostApplicationBuilder builder)
    {
        builder.Services.AddOptionsWithValidateOnStart<DataOptions, DataOptionsValidator>().BindConfiguration(DataOptions.Section);
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
