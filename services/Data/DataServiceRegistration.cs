using FaultMaven.Data.Classification;
using FaultMaven.Data.Evidence;
using FaultMaven.Data.Extraction;
using FaultMaven.Data.Intake;
using FaultMaven.Data.Logs;
using FaultMaven.Data.Signals;
using FaultMaven.Data.Templates;

namespace FaultMaven.Data;

/// <summary>The Data service, for the process that hosts it.</summary>
public static class DataServiceRegistration
{
    public static void AddDataService(this IHostApplicationBuilder builder)
    {
        builder.AddEvidence();   // records in Redis, redacted texts on the disk
        builder.AddClassification(); // what evidence is, and what is found in it as that
        builder.AddIntake();     // from uploaded bytes to stored, analysed evidence
        builder.AddSignals();    // what the analysers find, and the order it is told in
        builder.AddLogs();       // the analyser of logs and crash reports
        builder.AddExtraction(); // analysers of all that is not a plain log
        builder.Services.AddSingleton<MineTemplatesCall>();
    }

    public static void MapDataService(this IEndpointRouteBuilder endpoints) => endpoints.MapGrpcService<DataGrpcService>();
}
