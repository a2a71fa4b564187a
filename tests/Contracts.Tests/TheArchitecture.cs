using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace FaultMaven.Contracts.Tests;

public sealed partial class TheArchitecture
{
    private static readonly string[] s_services = ["Agent", "Data", "Knowledge", "Redaction", "Session"];

    // What in the source shows that a package is used, where that is not a namespace of the same name.
    private static readonly Dictionary<string, string> s_usedAs = new()
    {
        ["AWSSDK.S3"] = "using Amazon.S3",
        ["Aspire.Hosting.AppHost"] = "DistributedApplication.CreateBuilder",
        ["Aspire.Hosting.RabbitMQ"] = "AddRabbitMQ",
        ["Aspire.Hosting.Redis"] = "AddRedis",
        ["Aspire.StackExchange.Redis"] = "AddRedisClient",
        ["Google.Api.CommonProtos"] = "",
        ["Google.Protobuf"] = "",
        ["Grpc.AspNetCore"] = "AddGrpc(",
        ["Grpc.AspNetCore.HealthChecks"] = "AddGrpcHealthChecks",
        ["Grpc.AspNetCore.Server.Reflection"] = "AddGrpcReflection",
        ["Grpc.Net.Client"] = "",
        ["Grpc.Reflection"] = "Grpc.Reflection.V1",
        ["Grpc.StatusProto"] = "GetRpcStatus",
        ["MassTransit.RabbitMQ"] = "UsingRabbitMq",
        ["Microsoft.AspNetCore.Grpc.JsonTranscoding"] = "AddJsonTranscoding",
        ["Polly.Core"] = "using Polly",
        ["Microsoft.Extensions.AI.OpenAI"] = "OpenAI",
        ["Microsoft.Extensions.Diagnostics.Testing"] = "FakeLog",
        ["Microsoft.Extensions.ServiceDiscovery"] = "AddServiceDiscovery",
        ["Microsoft.Extensions.ServiceDiscovery.Yarp"] = "AddServiceDiscoveryDestinationResolver",
        ["Microsoft.Extensions.TimeProvider.Testing"] = "FakeTimeProvider",
        ["OpenIddict.AspNetCore"] = "AddOpenIddict",
        ["OpenTelemetry.Exporter.OpenTelemetryProtocol"] = "UseOtlpExporter",
        ["OpenTelemetry.Extensions.Hosting"] = "AddOpenTelemetry",
        ["OpenTelemetry.Instrumentation.AspNetCore"] = "AddAspNetCoreInstrumentation",
        ["OpenTelemetry.Instrumentation.Http"] = "AddHttpClientInstrumentation",
        ["OpenTelemetry.Instrumentation.Runtime"] = "AddRuntimeInstrumentation",
        ["Sep"] = "using nietras.SeparatedValues",
        ["System.CommandLine"] = "using System.CommandLine",
        ["ZstdSharp.Port"] = "using ZstdSharp",
    };

    public static TheoryData<string> Services => [.. s_services];

    public static TheoryData<string> Projects => [.. Directory
        .EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
        .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
        .Where(path => !path.StartsWith("artifacts/", StringComparison.Ordinal))
        .Order()];

    [Theory]
    [MemberData(nameof(Services))]
    public void Lets_a_service_know_the_others_by_their_protos_alone(string service)
    {
        var project = Directory.EnumerateFiles(Path.Combine(Repository.Root, "services", service), "*.csproj").Single();

        // What makes files of reports knows no service; the command line has it too.
        Assert.Equal(
            ["FaultMaven.Protos.csproj", "FaultMaven.ServiceDefaults.csproj"],
            References(project).Except(["FaultMaven.Reports.csproj"]).Order());
    }

    [Fact]
    public void Keeps_the_service_defaults_ignorant_of_services()
    {
        var names = Repository.Sources("ServiceDefaults").Where(path => ServiceNamespace().IsMatch(File.ReadAllText(path)));

        Assert.Empty(names);
    }

    [Theory]
    [InlineData("Agent")]
    [InlineData("Data")]
    [InlineData("Redaction")]
    [InlineData("Session")]
    public void Keeps_services_ignorant_of_where_their_state_is(string service)
    {
        var stores = Repository.Sources($"services/{service}").Where(path => StoreClients().IsMatch(File.ReadAllText(path)));

        Assert.Empty(stores);
    }

    [Fact]
    public void Lets_the_command_line_speak_gRPC_only()
    {
        var others = Repository.Sources("cli").Where(path => ServiceInternals().IsMatch(File.ReadAllText(path)));

        Assert.Empty(others);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void References_no_package_that_is_not_used(string project)
    {
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, project))!;
        var sources = string.Join('\n', Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var packages = XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("PackageReference")
            .Where(reference => (string?)reference.Attribute("PrivateAssets") != "all")
            .Select(reference => (string)reference.Attribute("Include")!);

        Assert.All(packages, package => Assert.True(
            sources.Contains(s_usedAs.GetValueOrDefault(package, $"using {package}"), StringComparison.Ordinal),
            $"{project} references {package}, but nothing in it uses it."));
    }

    private static IEnumerable<string> References(string project) => XDocument.Load(project).Descendants("ProjectReference")
        .Select(reference => Path.GetFileName(((string)reference.Attribute("Include")!).Replace('\\', '/')));

    [GeneratedRegex(
        @"FaultMaven\.(Protos\.(?!Errors|Events|Identity|Names|Operations|Options)|Agents|Data|Knowledge|Redaction|Sessions)\b")]
    private static partial Regex ServiceNamespace();

    [GeneratedRegex(@"using (StackExchange\.Redis|Microsoft\.Data\.Sqlite|SQLitePCL)\b")]
    private static partial Regex StoreClients();

    [GeneratedRegex(@"using FaultMaven\.(Agents|Data|Knowledge|Redaction|Sessions)\b")]
    private static partial Regex ServiceInternals();
}
