using System.Net;
using System.Text;
using FaultMaven.Protos;
using FaultMaven.ServiceDefaults.Json;
using Google.Api;
using Google.Protobuf.Reflection;
using Yarp.ReverseProxy.Configuration;
using Yarp.ReverseProxy.Forwarder;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace FaultMaven.Gateway.Forwarding;

/// <summary>What goes where, read from the contract: gRPC by the names of services, JSON by their HTTP rules.</summary>
internal static class ContractRoutes
{
    /// <summary>A body of JSON is at most this large, as in the services.</summary>
    private const long MaxJsonBody = 6 * 1024 * 1024;

    private const long Unlimited = -1;

    private static readonly string[] s_services =
        [ResourceNames.Agent, ResourceNames.Data, ResourceNames.Knowledge, ResourceNames.Redaction, ResourceNames.Session];

    /// <summary>Streams may be silent for long; pings find out whether the service is still there.</summary>
    private static readonly TimeSpan s_silence = TimeSpan.FromDays(1);

    /// <summary>
    /// The services of the contract that one process runs, each with the name that the app host gives to it. What every process has, such
    /// as the outboxes, is not among them.
    /// </summary>
    public static IReadOnlyList<(string Service, ServiceDescriptor Descriptor)> Services { get; } =
        [.. Contract.Services.Select(service => (NameOf(service), service)).Where(service => s_services.Contains(service.Item1))];

    public static IReadOnlyList<RouteConfig> Routes { get; } =
        [.. Services.SelectMany(service => service.Descriptor.Methods.SelectMany(JsonRoutesOf).Prepend(GrpcRouteOf(service.Descriptor)))];

    public static IReadOnlyList<ClusterConfig> Clusters { get; } =
    [
        .. Services.Select(service => service.Service).Distinct().SelectMany(service => new[]
        {
            ClusterOf(GrpcCluster(service), $"http://_grpc.{service}", HttpVersion.Version20),
            ClusterOf(JsonCluster(service), $"http://_http.{service}", HttpVersion.Version11),
        }),
    ];

    /// <summary>The service that a cluster leads to.</summary>
    public static string ServiceOf(string cluster) => cluster[..cluster.LastIndexOf('-')];

    // faultmaven.agent.v1 is run by `agent`.
    private static string NameOf(ServiceDescriptor service) => service.File.Package.Split('.')[1];

    private static string GrpcCluster(string service) => $"{service}-grpc";

    private static string JsonCluster(string service) => $"{service}-json";

    private static ClusterConfig ClusterOf(string id, string address, Version version) => new()
    {
        ClusterId = id,
        Destinations = new Dictionary<string, DestinationConfig> { ["service"] = new() { Address = address } },
        HttpRequest = new ForwarderRequestConfig
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            ActivityTimeout = s_silence,
        },
    };

    private static RouteConfig GrpcRouteOf(ServiceDescriptor service) => new()
    {
        RouteId = service.FullName,
        ClusterId = GrpcCluster(NameOf(service)),
        Match = new RouteMatch { Path = $"/{service.FullName}/{{method}}", Methods = [HttpMethods.Post] },
        MaxRequestBodySize = Unlimited,
    };

    private static IEnumerable<RouteConfig> JsonRoutesOf(MethodDescriptor method)
    {
        if (method.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is not { } rule)
        {
            yield break;
        }

        var i = 0;
        foreach (var (verb, path) in rule.AdditionalBindings.Prepend(rule).Select(HttpRules.PatternOf))
        {
            yield return new RouteConfig
            {
                RouteId = $"{method.FullName}#{i++}",
                ClusterId = JsonCluster(NameOf(method.Service)),
                Match = new RouteMatch { Path = TemplateOf(path), Methods = [verb] },
                MaxRequestBodySize = MaxJsonBody,
            };
        }
    }

    // /v1/{parent=cases/*}/turns becomes /v1/cases/{p0}/turns.
    private static string TemplateOf(string path)
    {
        var template = new StringBuilder();
        var parameters = 0;
        foreach (var segment in HttpRules.SegmentsOf(path))
        {
            template.Append(segment.Separator).Append(segment.Text switch
            {
                "*" => $"{{p{parameters++}}}",
                "**" => $"{{**p{parameters++}}}",
                var literal => literal,
            });
        }

        return template.ToString();
    }
}
