using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Protos.Names;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using Grpc.Core;

namespace FaultMaven.ServiceDefaults.Cases;

/// <summary>Decides whether a caller may do in a case what an RPC does there.</summary>
internal sealed class CaseGuard(ICaseAccessSource source)
{
    /// <summary>Ends the call of someone who may not.</summary>
    /// <param name="method">The full name, such as <c>/faultmaven.session.v1.SessionService/GetCase</c>.</param>
    /// <param name="cases">The cases in the request, and whether it is about each.</param>
    /// <param name="isFresh">Whether what is known from before does not count.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="RpcException">
    /// NOT_FOUND: the case does not exist, or is hidden from the caller. PERMISSION_DENIED: they see it and may not do this. UNAVAILABLE:
    /// it cannot be found out.
    /// </exception>
    public async ValueTask EnsureAsync(
        string method, IReadOnlyList<(CaseName Case, bool IsSubject)> cases, bool isFresh, CancellationToken cancellationToken)
    {
        var principal = CallIdentity.Current.Principal;
        var right = Permissions.Find(method)?.Case;
        foreach (var (name, isSubject) in cases)
        {
            // An RPC without a rule about cases lets no one do anything in one.
            var needed = isSubject ? right ?? CaseRight.Own : CaseRight.Read;
            var access = await source.FindAsync(name, isFresh, cancellationToken);
            if (!isFresh && Right(access) is var known && (known is null || known < needed))
            {
                // Who was just let in must not wait until what is known from before has expired.
                access = await source.FindAsync(name, isFresh: true, cancellationToken);
            }

            var held = Right(access) ?? throw RpcFault.NotFound(ErrorReason.CaseNotFound, $"{name}");
            if (held < needed)
            {
                throw Refusal(method.TrimStart('/'), name, needed, access!.Owner);
            }
        }

        CaseRight? Right(CaseAccess? access) => access is null ? null : principal.RightIn(access);
    }

    private static RpcException Refusal(string method, CaseName name, CaseRight needed, string owner)
    {
        var role = CaseAccess.LeastRole(needed);
        var ask = owner.Length > 0 ? $"ask {owner}, who owns it" : "ask an administrator";
        return RpcFault.PermissionDenied(
            ErrorReason.CaseRoleRequired,
            $"{method[(method.IndexOf('/', StringComparison.Ordinal) + 1)..]} needs the role '{role}' in {name}; {ask}.",
            ("name", $"{name}"),
            ("method", method),
            ("role", role));
    }
}
