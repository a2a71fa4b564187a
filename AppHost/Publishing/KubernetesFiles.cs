using Map = System.Collections.Generic.OrderedDictionary<string, object>;

namespace FaultMaven.AppHost.Publishing;

/// <summary>The app model as Kubernetes objects, one file for each resource, put together by Kustomize.</summary>
internal sealed class KubernetesFiles(string version)
{
    private const string Secrets = "faultmaven-secrets";
    private const string Settings = "faultmaven-settings";
    private const string Temporary = "tmp";

    private readonly SortedSet<string> _secrets = new(StringComparer.Ordinal);

    public IReadOnlyList<DeploymentFile> Write(IReadOnlyList<Workload> workloads)
    {
        List<DeploymentFile> files =
            [.. workloads.Select(workload => DeploymentFile.Yaml($"kubernetes/{workload.Name}.yaml", Service(workload), Set(workload)))];
        var kustomization = new Map
        {
            ["apiVersion"] = "kustomize.config.k8s.io/v1beta1",
            ["kind"] = "Kustomization",
            ["resources"] = workloads.Select(workload => $"{workload.Name}.yaml").ToList(),
            ["images"] = workloads.Where(workload => workload.IsService)
                .Select(workload => new Map { ["name"] = workload.Image, ["newTag"] = version })
                .ToList(),
            ["secretGenerator"] = new[] { new Map { ["name"] = Secrets, ["envs"] = new[] { "secrets.env" } } },
            ["configMapGenerator"] = new[] { new Map { ["name"] = Settings, ["envs"] = new[] { "settings.env" } } },
        };
        files.Add(DeploymentFile.Yaml("kubernetes/kustomization.yaml", new YamlDocument(kustomization)));
        files.Add(new DeploymentFile(
            "kubernetes/secrets.env.example",
            "# Copy to secrets.env. Passwords are made up of letters and digits only: they are parts of addresses.\n"
            + string.Concat(_secrets.Select(secret => $"{secret}=\n"))));
        files.Add(new DeploymentFile(
            "kubernetes/settings.env",
            "# Where traces, metrics and logs go (OTLP); empty for nowhere.\nOTEL_EXPORTER_OTLP_ENDPOINT=\n"));
        return files;
    }

    private static YamlDocument Service(Workload workload) => new(new Map
    {
        ["apiVersion"] = "v1",
        ["kind"] = "Service",
        ["metadata"] = new Map { ["name"] = workload.Name, ["labels"] = Labels(workload) },
        ["spec"] = new Map
        {
            ["selector"] = Labels(workload),
            ["ports"] = workload.Endpoints
                .Select(endpoint => new Map
                {
                    ["name"] = endpoint.Name,
                    ["port"] = endpoint.TargetPort!.Value,
                    ["targetPort"] = endpoint.Name,
                    ["appProtocol"] = endpoint.Transport == "http2" ? "kubernetes.io/h2c" : endpoint.UriScheme,
                })
                .ToList(),
        },
    });

    private YamlDocument Set(Workload workload)
    {
        var keepsFiles = workload.Volumes.Count > 0;
        var spec = new Map { ["replicas"] = 1 };
        if (keepsFiles)
        {
            spec["serviceName"] = workload.Name;
        }

        spec["selector"] = new Map { ["matchLabels"] = Labels(workload) };
        spec["template"] = new Map { ["metadata"] = new Map { ["labels"] = Labels(workload) }, ["spec"] = Pod(workload) };
        if (keepsFiles)
        {
            spec["volumeClaimTemplates"] = workload.Volumes.Select(Claim).ToList();
        }

        return new YamlDocument(
            new Map
            {
                ["apiVersion"] = "apps/v1",
                ["kind"] = keepsFiles ? "StatefulSet" : "Deployment",
                ["metadata"] = new Map { ["name"] = workload.Name, ["labels"] = Labels(workload) },
                ["spec"] = spec,
            },
            keepsFiles
                ? $"One replica: what {workload.Name} keeps is on one volume, and two replicas would not see each other's files."
                : "Keeps nothing itself: add replicas as needed.");
    }

    private Map Pod(Workload workload)
    {
        var container = new Map { ["name"] = workload.Name, ["image"] = workload.Image };
        if (workload.Entrypoint is { } entrypoint)
        {
            container["command"] = new[] { entrypoint };
        }

        var environment = new KubernetesEnvironment(Secrets, _secrets);
        if (workload.Arguments.Count > 0)
        {
            container["args"] = workload.Arguments.Select(environment.Write).ToList();
        }

        container["env"] = environment.Variables(workload);
        if (workload.IsService)
        {
            container["envFrom"] = new[] { new Map { ["configMapRef"] = new Map { ["name"] = Settings } } };
        }

        container["ports"] = workload.Endpoints
            .Select(endpoint => new Map { ["name"] = endpoint.Name, ["containerPort"] = endpoint.TargetPort!.Value })
            .ToList();
        AddProbes(container, workload);
        container["resources"] = new Map
        {
            ["requests"] = new Map { ["cpu"] = $"{workload.Footprint.Cpu}m", ["memory"] = $"{workload.Footprint.Memory}Mi" },
            ["limits"] = new Map { ["memory"] = $"{workload.Footprint.MaxMemory}Mi" },
        };
        container["securityContext"] = new Map
        {
            ["allowPrivilegeEscalation"] = false,
            ["readOnlyRootFilesystem"] = workload.IsService,
            ["capabilities"] = new Map { ["drop"] = new[] { "ALL" } },
        };

        var pod = new Map
        {
            ["automountServiceAccountToken"] = false,
            // Else the Service called rabbitmq gives every pod a RABBITMQ_PORT, which RabbitMQ reads as a setting.
            ["enableServiceLinks"] = false,
            // A pod that ends gets half a minute for calls in flight and for what is not written yet.
            ["terminationGracePeriodSeconds"] = 60,
            ["securityContext"] = new Map
            {
                ["runAsNonRoot"] = true,
                ["runAsUser"] = workload.User,
                ["runAsGroup"] = workload.User,
                ["fsGroup"] = workload.User,
                // Only a new volume changes hands: RabbitMQ refuses to start once its cookie is readable for a group.
                ["fsGroupChangePolicy"] = "OnRootMismatch",
                ["seccompProfile"] = new Map { ["type"] = "RuntimeDefault" },
            },
            ["containers"] = new[] { container },
        };
        List<Map> mounts = [.. workload.Volumes.Select(volume => new Map { ["name"] = volume.Source!, ["mountPath"] = volume.Target })];
        if (workload.IsService)
        {
            mounts.Add(new Map { ["name"] = Temporary, ["mountPath"] = "/tmp" });
            pod["volumes"] = new[] { new Map { ["name"] = Temporary, ["emptyDir"] = new Map() } };
        }

        container["volumeMounts"] = mounts;
        return pod;
    }

    private static void AddProbes(Map container, Workload workload)
    {
        var ready = workload.IsService
            ? Get(Probe.Ready)
            : new Map { ["exec"] = new Map { ["command"] = new[] { Probe.Shell(workload), "-c", Probe.Command(workload) } } };

        // Ten minutes to start: a store reads all it keeps first.
        container["startupProbe"] = Every(ready, failures: 60);
        container["readinessProbe"] = Every(ready, failures: 3);
        container["livenessProbe"] = Every(workload.IsService ? Get(Probe.Live) : ready, failures: 12);
    }

    private static Map Get(string path) => new() { ["httpGet"] = new Map { ["path"] = path, ["port"] = Workload.HttpEndpoint } };

    private static Map Every(Map check, int failures) => new(check)
    {
        ["periodSeconds"] = 10,
        ["timeoutSeconds"] = 20,
        ["failureThreshold"] = failures,
    };

    private static Map Claim(ContainerMountAnnotation volume) => new()
    {
        ["metadata"] = new Map { ["name"] = volume.Source! },
        ["spec"] = new Map
        {
            ["accessModes"] = new[] { "ReadWriteOnce" },
            ["resources"] = new Map { ["requests"] = new Map { ["storage"] = "20Gi" } },
        },
    };

    private static Map Labels(Workload workload) =>
        new() { ["app.kubernetes.io/part-of"] = "faultmaven", ["app.kubernetes.io/name"] = workload.Name };
}
