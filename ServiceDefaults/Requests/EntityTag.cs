using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;

namespace FaultMaven.ServiceDefaults.Requests;

/// <summary>The <c>etag</c> of requests that change a resource (google.aip.dev/154).</summary>
public static class EntityTag
{
    /// <summary>ABORTED if the caller gave an etag and the resource has another one.</summary>
    /// <param name="name">The resource.</param>
    /// <param name="expected">The request's etag; empty for whatever it is now.</param>
    /// <param name="actual">The etag it has.</param>
    public static void EnsureMatch(string name, string expected, string actual)
    {
        if (expected.Length > 0 && expected != actual)
        {
            throw RpcFault.Aborted(
                ErrorReason.EtagMismatch,
                $"{name} has changed since it was read; read it again.",
                ("name", name),
                ("expected", expected),
                ("actual", actual));
        }
    }
}
