using FaultMaven.Protos;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Health.V1;
using Grpc.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Reflected = Grpc.Reflection;

namespace FaultMaven.ServiceDefaults;

/// <summary>
/// Server reflection, v1 and v1alpha. Besides the services and their messages it knows the details of errors (<c>google.rpc</c>), so that a
/// client without protos can read why a call failed.
/// </summary>
internal static class Reflection
{
    private static readonly FileDescriptor[] s_files =
    [
        .. Contract.Files,
        StatusReflection.Descriptor,
        ErrorDetailsReflection.Descriptor,
        HealthReflection.Descriptor,
        Reflected.V1.ReflectionReflection.Descriptor,
        Reflected.V1Alpha.ReflectionReflection.Descriptor,
    ];

    public static void AddReflection(this IServiceCollection services)
    {
        // The library's own registration knows only files that a service imports.
        services.AddGrpcReflection();
        services.AddSingleton(provider => new ReflectionServiceImpl(Names(provider), SymbolRegistry.FromFiles(s_files)));
        services.AddSingleton(provider => new ReflectionV1ServiceImpl(Names(provider), SymbolRegistry.FromFiles(s_files)));
    }

    private static IReadOnlyList<string> Names(IServiceProvider provider) => provider.GetRequiredService<ServedServices>().Names;
}
