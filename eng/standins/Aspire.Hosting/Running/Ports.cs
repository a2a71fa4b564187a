using System.Net;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;

namespace Aspire.Hosting.Running;

internal static class Ports
{
    /// <summary>Gives every endpoint of every replica a port of the loopback interface that nobody listens on.</summary>
    public static void Allocate(IEnumerable<IResource> resources)
    {
        // All are held until all are known, or the system might hand one out twice.
        var held = new List<TcpListener>();
        try
        {
            foreach (var resource in resources)
            {
                foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
                {
                    endpoint.AllocatedPorts = endpoint.Port is { } port ? [port] : [.. Enumerable.Range(0, resource.Replicas()).Select(_ => Hold(held))];
                }
            }
        }
        finally
        {
            held.ForEach(listener => listener.Dispose());
        }
    }

    public static int Free()
    {
        var held = new List<TcpListener>();
        var port = Hold(held);
        held[0].Dispose();
        return port;
    }

    public static int Replicas(this IResource resource) => resource.Annotations.OfType<ReplicaAnnotation>().LastOrDefault()?.Replicas ?? 1;

    private static int Hold(List<TcpListener> held)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        held.Add(listener);
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
