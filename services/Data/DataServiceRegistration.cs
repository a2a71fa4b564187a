using FaultMaven.Data.Analysis;
using FaultMaven.Data.Api;
using FaultMaven.Data.Intake;
using FaultMaven.Data.Query;
using FaultMaven.Data.Store;
using FaultMaven.ServiceDefaults.Messaging;
using FaultMaven.ServiceDefaults.State.Checks;

namespace FaultMaven.Data;

/// <summary>The Data service, for the process that hosts it.</summary>
public static class DataServiceRegistration
{
    public static void AddDataService(this IHostApplicationBuilder builder)
    {
        builder.AddStore();    // records, and redacted texts on the disk or in S3
        builder.AddAnalysis(); // what evidence is, and which signals are in it
        builder.AddIntake();   // from uploaded bytes to stored, analysed evidence
        builder.AddQuery();    // lines, matches and timelines of what is stored
        builder.AddCaseAccessOfSession();
        builder.Services.AddSingleton<CaseLookup>();
        builder.Services.AddOptionsWithValidateOnStart<ReadOptions, ReadOptionsValidator>().BindConfiguration(ReadOptions.Section);
        builder.Services.AddSingleton<ReadAdmission>();
        builder.Services.AddSingleton<MineTemplatesCall>();
        builder.Services.AddSingleton<DataGrpcService>();
    }

    /// <summary>Adds the checks of what the service keeps.</summary>
    /// <param name="builder">What gets them.</param>
    /// <param name="isReadingTexts">Whether texts are read to compare their digests, or only looked for.</param>
    public static void AddDataChecks(this IHostApplicationBuilder builder, bool isReadingTexts)
    {
        builder.AddBlobs();
        builder.Services.AddSingleton<IStateCheck>(
            services => new EvidenceCheck(services.GetRequiredService<IBlobStore>(), isReadingTexts));
        builder.Services.AddSingleton<IStateCheck>(new OutboxCheck(EvidenceStore.Service));
        builder.AddStoreChecks(EvidenceStore.Service);
    }

    public static void MapDataService(this IEndpointRouteBuilder endpoints) => endpoints.MapGrpcService<DataGrpcService>();
}
