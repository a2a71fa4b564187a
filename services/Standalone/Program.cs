using FaultMaven.ServiceDefaults.Settings;
using FaultMaven.Standalone;

var settings = new ConfigurationBuilder().AddEnvironmentVariables("FAULTMAVEN_").AddCommandLine(args).Build();
var options = new StandaloneOptions
{
    DataDirectory = settings["DataDirectory"] ?? "faultmaven-data",
    Address = StandaloneOptions.ParseAddress(settings["Address"] ?? "http://127.0.0.1:7080")
        ?? throw new SettingsException(["FAULTMAVEN_Address must be an address of this machine, such as http://127.0.0.1:7080."]),
    LogLevel = LogLevel.Information,
};

await using var host = await StandaloneHost.StartAsync(options, CancellationToken.None);
await host.WaitForShutdownAsync(CancellationToken.None);
