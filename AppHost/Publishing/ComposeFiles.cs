using System.Globalization;
using Map = System.Collections.Generic.OrderedDictionary<string, object>;

namespace FaultMaven.AppHost.Publishing;

/// <summary>The app model as a Compose file, with an example of the settings it needs.</summary>
internal sealed class ComposeFiles(string version)
{
    private const string Telemetry = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private readonly SortedSet<string> _secrets = new(StringComparer.Ordinal);

    public IReadOnlyList<DeploymentFile> Write(IReadOnlyList<Workload> workloads)
    {
        var services = new Map();
        foreach (var workload in workloads)
        {
            services.Add(workload.Name, Service(workload));
        }

        var volumes = new Map();
        foreach (var volume in workloads.SelectMany(workload => workload.Volumes))
        {
            volumes.Add(volume.Source!, new Map());
        }

        var compose = new Map { ["name"] = "faultmaven", ["services"] = services, ["volumes"] = volumes };
        return
        [
            DeploymentFile.Yaml("compose/compose.yaml", new YamlDocument(compose)),
            new DeploymentFile("compose/env.example", Example()),
        ];
    }

    private string Example() =>
        "# Copy to .env. Passwords are made up of letters and digits only: they are parts of addresses.\n"
        + string.Concat(_secrets.Select(secret => $"{secret}=\n"))
        + "# Where images come from, with the slash at the end; empty for images of this machine.\n"
        + "FAULTMAVEN_IMAGES=\n"
        + $"FAULTMAVEN_VERSION={version}\n"
        + "# Where traces, metrics and logs go (OTLP); empty for nowhere.\n"
        + $"{Telemetry}=\n";

    private Map Service(Workload workload)
    {
        var writer = new ValueWriter(text => text.Replace("$", "$$", StringComparison.Ordinal), Secret);
        var service = new Map
        {
            ["image"] = workload.IsService
                ? $"${{FAULTMAVEN_IMAGES:-}}{workload.Image}:${{FAULTMAVEN_VERSION:-{version}}}"
                : workload.Image,
            // RabbitMQ names its data after its host.
            ["hostname"] = workload.Name,
            ["user"] = $"{workload.User}:{workload.User}",
            ["restart"] = "unless-stopped",
            ["cap_drop"] = new[] { "ALL" },
            ["security_opt"] = new[] { "no-new-privileges:true" },
        };
        if (workload.Entrypoint is { } entrypoint)
        {
            service["entrypoint"] = new[] { entrypoint };
        }

        if (workload.Arguments.Count > 0)
        {
            service["command"] = workload.Arguments.Select(writer.Write).ToList();
        }

        service["environment"] = Environment(workload, writer);
        if (workload.IsService)
        {
            service["read_only"] = true;
        }

        if (Mounts(workload) is { Count: > 0 } mounts)
        {
            service["volumes"] = mounts;
        }

        if (workload.WaitsFor.Count > 0)
        {
            var waits = new Map();
            foreach (var other in workload.WaitsFor)
            {
                waits.Add(other, new Map { ["condition"] = "service_healthy" });
            }

            service["depends_on"] = waits;
        }

        if (workload.Endpoints.Where(endpoint => endpoint.IsExternal).ToList() is { Count: > 0 } published)
        {
            service["ports"] = published.Select(endpoint => $"127.0.0.1:{endpoint.TargetPort}:{endpoint.TargetPort}").ToList();
        }

        service["healthcheck"] = new Map
        {
            ["test"] = new[] { "CMD", Probe.Shell(workload), "-c", Probe.Command(workload).Replace("$", "$$", StringComparison.Ordinal) },
            ["interval"] = "10s",
            ["timeout"] = "20s",
            ["retries"] = 6,
            ["start_period"] = "60s",
        };
        service["deploy"] = new Map
        {
            ["resources"] = new Map
            {
                ["limits"] = new Map { ["memory"] = $"{workload.Footprint.MaxMemory}M" },
                ["reservations"] = new Map
                {
                    ["cpus"] = (workload.Footprint.Cpu / 1000m).ToString("0.00", CultureInfo.InvariantCulture),
                    ["memory"] = $"{workload.Footprint.Memory}M",
                },
            },
        };
        return service;
    }

    private static Map Environment(Workload workload, ValueWriter writer)
    {
        var environment = new Map();
        foreach (var (name, value) in workload.Environment)
        {
            environment.Add(name, writer.Write(value));
        }

        if (workload.IsService)
        {
            environment["OTEL_SERVICE_NAME"] = workload.Name;
            environment[Telemetry] = $"${{{Telemetry}:-}}";
        }

        return environment;
    }

    // A volume of its own for /tmp: the root is read-only, and a tmpfs would take memory.
    private static List<string> Mounts(Workload workload) =>
    [
        .. workload.Volumes.Select(volume => $"{volume.Source}:{volume.Target}"),
        .. workload.IsService ? ["/tmp"] : Array.Empty<string>(),
    ];

    private string Secret(ParameterResource parameter)
    {
        var name = Probe.VariableOf(parameter);
        _secrets.Add(name);
        return $"${{{name}:?set it in .env}}";
    }
}
