using FaultMaven.Standalone;

var settings = new ConfigurationBuilder().AddEnvironmentVariables("FAULTMAVEN_").AddCommandLine(args).Build();
var options = new StandaloneOptions
{
    DataDirectory = settings["DataDirectory"] ?? "faultmaven-data",
    GrpcAddress = new Uri(settings["GrpcAddress"] ?? "http://127.0.0.1:7080"),
    HttpAddress = new Uri(settings["HttpAddress"] ?? "http://127.0.0.1:7081"),
    LogLevel = LogLevel.Information,
};

await using var host = await StandaloneHost.StartAsync(options, CancellationToken.None);
await host.WaitForShutdownAsync(CancellationToken.None);
