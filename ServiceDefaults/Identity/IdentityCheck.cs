using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Errors;
using Grpc.Core;

namespace FaultMaven.ServiceDefaults.Identity;

/// <summary>What checking a credential gave: an identity, or why there is none.</summary>
public sealed record IdentityCheck
{
    private IdentityCheck(CallIdentity? identity, ErrorReason reason, string problem) =>
        (Identity, Reason, Problem) = (identity, reason, problem);

    /// <summary>The identity; null if the credential was refused.</summary>
    public CallIdentity? Identity { get; }

    /// <summary>Why it was refused.</summary>
    public ErrorReason Reason { get; }

    /// <summary>What is wrong, for <see cref="ErrorReason.IdentityInvalid"/>.</summary>
    public string Problem { get; }

    /// <summary>An accepted credential.</summary>
    public static IdentityCheck Accepted(CallIdentity identity) => new(identity, ErrorReason.Unspecified, "");

    /// <summary>A refused credential.</summary>
    public static IdentityCheck Refused(ErrorReason reason, string problem = "") => new(null, reason, problem);

    /// <summary>What the caller is answered with.</summary>
    public RpcException ToFault() => Reason switch
    {
        ErrorReason.IdentityMissing => RpcFault.Unauthenticated(
            Reason,
            "The call does not say who makes it; send a token as 'authorization: Bearer …'. For a server on this machine 'fm token' "
            + "prints one (with the --data-dir that is served); fm itself takes one from the variable FAULTMAVEN_TOKEN."),
        ErrorReason.IdentityExpired => RpcFault.Unauthenticated(Reason, "The token has expired or is not valid yet; get a new one."),
        ErrorReason.ApiKeyRevoked => RpcFault.Unauthenticated(Reason, "The key was revoked; use another one."),
        ErrorReason.StoreUnavailable => RpcFault.Unavailable(Reason, "The store of keys did not answer; retry.", ("store", "state")),
        ErrorReason.ServiceUnavailable => RpcFault.Unavailable(
            Reason, "The identity provider did not answer; retry.", ("service", "identity-provider")),
        _ => RpcFault.Unauthenticated(Reason, Sentence(), ("problem", Problem)),
    };

    private string Sentence() => Problem switch
    {
        "audience" => "The token was made for something else than this.",
        "issuer" => "The token was made by someone who is not trusted here.",
        "signature" => "The token is not signed with a key that is known here.",
        "claims" => "The token does not say who it is for, or in which tenant.",
        "unknown" => "This token is not accepted here; for a server on this machine 'fm token' prints the right one (with the "
            + "--data-dir that is served), elsewhere keys come from 'fm key create'.",
        _ => "The token cannot be read.",
    };
}
