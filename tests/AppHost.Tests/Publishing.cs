using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace FaultMaven.AppHost.Tests;

/// <summary>What the app host publishes: the files below <c>deploy/</c>, and Aspire's manifest.</summary>
public sealed partial class Publishing(PublishedFiles published) : IClassFixture<PublishedFiles>
{
    private const string ComposeFile = "compose/compose.yaml";
    private const string WrittenByHand = "README.md";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Writes_the_files_that_are_checked_in()
    {
        var checkedIn = PublishedFiles.Read(Path.Combine(PublishedFiles.Repository, "deploy"));

        Assert.Equal(published.Deployment.Keys.Order(), checkedIn.Keys.Where(path => path != WrittenByHand).Order());
        Assert.All(published.Deployment, file => Assert.Equal(file.Value, checkedIn[file.Key].ReplaceLineEndings("\n")));
    }

    [Fact]
    public void Leaves_no_expression_and_no_path_of_this_machine()
    {
        Assert.All(published.Deployment, file =>
        {
            Assert.DoesNotMatch(Unresolved(), file.Value);
            Assert.DoesNotContain(PublishedFiles.Repository, file.Value, StringComparison.Ordinal);
        });

        // The manifest names each project by its path from the manifest; nothing else in it is a path here.
        var lines = published.Manifest.Split('\n').Where(line => !line.TrimStart().StartsWith("\"path\":", StringComparison.Ordinal));
        Assert.All(lines, line => Assert.DoesNotContain(PublishedFiles.Repository, line, StringComparison.Ordinal));
    }

    [Fact]
    public void Gives_a_Compose_file_whose_every_variable_has_an_example()
    {
        var examples = Names(published.Deployment["compose/env.example"]);

        var used = ComposeVariable().Matches(published.Deployment[ComposeFile].Replace("$$", "", StringComparison.Ordinal))
            .Select(match => match.Groups[1].Value);

        Assert.Equal(examples.Order(), used.Distinct().Order());
    }

    [Fact]
    public void Gives_Compose_services_that_are_probed_limited_and_not_root()
    {
        var file = Documents(ComposeFile).Single();
        var volumes = Map(file["volumes"]).Select(volume => volume.Key).ToHashSet();
        var services = Map(file["services"]);

        Assert.Superset(DistributedFaultMaven.Services.ToHashSet(), services.Select(service => service.Key).ToHashSet());
        Assert.All(services, service =>
        {
            Assert.Equal("CMD", Items(service.Value["healthcheck"]["test"])[0].ToString());
            Assert.DoesNotMatch("^(0|root)(:|$)", service.Value["user"].ToString());
            Assert.NotEmpty(service.Value["deploy"]["resources"]["limits"]["memory"].ToString());
            Assert.Subset(services.Keys.ToHashSet(), Map(Child(service.Value, "depends_on")).Keys.ToHashSet());
            Assert.Subset(volumes, Mounts(service.Value));
        });
        Assert.Equal(volumes.Order(), services.SelectMany(service => Mounts(service.Value)).Order());
    }

    [Fact]
    public void Gives_Kubernetes_pods_that_are_probed_limited_and_not_root()
    {
        Assert.All(Pods(), pod =>
        {
            var container = Items(pod["containers"]).Single();
            Assert.Equal("true", pod["securityContext"]["runAsNonRoot"].ToString());
            Assert.Equal("false", container["securityContext"]["allowPrivilegeEscalation"].ToString());
            Assert.NotEmpty(container["resources"]["requests"]["cpu"].ToString());
            Assert.NotEmpty(container["resources"]["limits"]["memory"].ToString());
            Assert.All(["startupProbe", "readinessProbe", "livenessProbe"], probe => Assert.NotNull(Child(container, probe)));
        });
    }

    [Fact]
    public void Gives_Kubernetes_variables_that_can_be_resolved()
    {
        var examples = Names(published.Deployment["kubernetes/secrets.env.example"]);
        var used = new HashSet<string>();

        Assert.All(Pods(), pod =>
        {
            var defined = new HashSet<string>();
            foreach (var variable in Items(Items(pod["containers"]).Single()["env"]))
            {
                if (Child(variable, "valueFrom") is { } source)
                {
                    used.Add(source["secretKeyRef"]["key"].ToString());
                }
                else
                {
                    var named = KubernetesVariable().Matches(variable["value"].ToString()).Select(match => match.Groups[1].Value);
                    Assert.Subset(defined, named.ToHashSet());
                }

                Assert.True(defined.Add(variable["name"].ToString()), $"{variable["name"]} is defined twice.");
            }
        });
        Assert.Equal(examples.Order(), used.Order());
    }

    [Fact]
    public void Gives_Kubernetes_volumes_to_what_is_mounted()
    {
        Assert.All(Sets(), set =>
        {
            var pod = set["spec"]["template"]["spec"];
            var volumes = Items(Child(pod, "volumes")).Select(volume => volume["name"].ToString())
                .Concat(Items(Child(set["spec"], "volumeClaimTemplates")).Select(claim => claim["metadata"]["name"].ToString()));

            var mounts = Items(Items(pod["containers"]).Single()["volumeMounts"]).Select(mount => mount["name"].ToString());
            Assert.Equal(volumes.Order(), mounts.Order());
        });
    }

    [Fact]
    public async Task Gives_files_that_Kustomize_puts_together()
    {
        Assert.SkipUnless(IsOnPath("kubectl"), "kubectl is not installed.");
        var folder = Directory.CreateTempSubdirectory("fm-kustomize-");
        try
        {
            foreach (var path in published.Deployment.Keys.Where(path => path.StartsWith("kubernetes/", StringComparison.Ordinal)))
            {
                var name = Path.GetFileName(path).Replace(".example", "", StringComparison.Ordinal);
                await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), published.Deployment[path], Cancel);
            }

            string[] arguments = ["kustomize", folder.FullName];
            using var kubectl = Process.Start(
                new ProcessStartInfo("kubectl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = kubectl.StandardOutput.ReadToEndAsync(Cancel);
            var errors = kubectl.StandardError.ReadToEndAsync(Cancel);
            await kubectl.WaitForExitAsync(Cancel);

            Assert.True(kubectl.ExitCode == 0, await errors);
            Assert.Contains("kind: StatefulSet", await output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Names_images_as_the_SDK_builds_them()
    {
        const string Repository =
            "<ContainerRepository>faultmaven-$([System.IO.Path]::GetFileName('$(MSBuildProjectDirectory)').ToLowerInvariant())<";
        var build = File.ReadAllText(Path.Combine(PublishedFiles.Repository, "services", "Directory.Build.props"));
        Assert.Contains(Repository, build, StringComparison.Ordinal);

        var services = Map(Documents(ComposeFile).Single()["services"]);

        Assert.All(DistributedFaultMaven.Services, name =>
            Assert.Contains($"faultmaven-{name}:", services[name]["image"].ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Writes_a_manifest_with_a_durable_Redis_and_gRPC_over_HTTP_2()
    {
        var resources = JsonDocument.Parse(published.Manifest).RootElement.GetProperty("resources");

        var command = resources.GetProperty(ResourceNames.Redis).GetProperty("args").EnumerateArray()
            .Select(argument => argument.GetString()!).ToList();
        Assert.Equal("-c", command[^2]);
        Assert.Contains("--appendonly yes --appendfsync always", command[^1], StringComparison.Ordinal);
        Assert.All(DistributedFaultMaven.Services, name =>
        {
            var grpc = resources.GetProperty(name).GetProperty("bindings").GetProperty("grpc");
            Assert.Equal("http2", grpc.GetProperty("transport").GetString());
        });
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static List<string> Names(string env) =>
        [.. env.Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('=')[0])];

    private static HashSet<string> Mounts(YamlNode service) =>
        [.. Items(Child(service, "volumes")).Select(mount => mount.ToString().Split(':')).Where(mount => mount.Length == 2)
            .Select(mount => mount[0])];

    private static List<YamlNode> Items(YamlNode? node) => node is YamlSequenceNode sequence ? [.. sequence] : [];

    private static Dictionary<string, YamlNode> Map(YamlNode? node) =>
        node is YamlMappingNode mapping ? mapping.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value) : [];

    private static YamlNode? Child(YamlNode node, string key) => Map(node).GetValueOrDefault(key);

    private List<YamlNode> Sets() =>
    [
        .. published.Deployment.Keys.Where(path =>
            path.StartsWith("kubernetes/", StringComparison.Ordinal) && path.EndsWith(".yaml", StringComparison.Ordinal))
            .SelectMany(Documents)
            .Where(document => document["kind"].ToString() is "Deployment" or "StatefulSet"),
    ];

    private List<YamlNode> Pods() => [.. Sets().Select(set => set["spec"]["template"]["spec"])];

    private List<YamlNode> Documents(string path)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(published.Deployment[path]));
        return [.. yaml.Documents.Select(document => document.RootNode)];
    }

    [GeneratedRegex(@"(?<!\$)\{[a-z][a-z0-9-]*\.[a-z]")]
    private static partial Regex Unresolved();

    [GeneratedRegex(@"\$\{([A-Z_]+)")]
    private static partial Regex ComposeVariable();

    [GeneratedRegex(@"\$\(([A-Z_]+)\)")]
    private static partial Regex KubernetesVariable();
}
