using Grpc.Core;

namespace FaultMaven.Client;

/// <summary>That an administrator of the installation acts in another tenant; each call is in the audit log of that tenant.</summary>
/// <param name="Tenant">The tenant.</param>
/// <param name="Reason">Why, in 10 to 200 characters.</param>
public sealed record BrokenGlass(string Tenant, string Reason)
{
    private const string Header = "faultmaven-break-glass";

    internal Metadata AddTo(Metadata metadata)
    {
        metadata.Add(Header, $"{Tenant} {Uri.EscapeDataString(Reason)}");
        return metadata;
    }
}
