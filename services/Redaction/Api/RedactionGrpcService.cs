using FaultMaven.Protos;
using FaultMaven.Protos.Errors.V1;
using FaultMaven.Redaction.External;
using FaultMaven.Redaction.Policies;
using FaultMaven.Redaction.Redacting;
using FaultMaven.Redaction.Restoring;
using FaultMaven.Redaction.Store;
using FaultMaven.ServiceDefaults.Errors;
using FaultMaven.ServiceDefaults.Identity;
using FaultMaven.ServiceDefaults.State;
using Grpc.Core;

namespace FaultMaven.Redaction.Api;

/// <summary>The gRPC side of redaction: limits, validation, and failing closed. Nothing is answered that wasn't redacted.</summary>
internal sealed partial class RedactionGrpcService(
    TextRedactor redactor,
    TextRestorer restorer,
    IPseudonyms pseudonyms,
    PolicyLibrary policies,
    TextAdmission admission,
    IHostApplicationLifetime lifetime,
    ILogger<RedactionGrpcService> logger)
    : Proto.RedactionService.RedactionServiceBase
{
    private static Scope ParseScope(string name) =>
        Scope.TryParse(CallIdentity.Current.Principal.Tenant, name, out var scope)
            ? scope.Value
            : throw RpcFault.InvalidField("scope", "must have 1 to 128 letters, digits, '-', '_', '.' and '/'");

    private async Task<RedactionTerms> TermsOf(string scope, string policy, bool keepPlaceholders, CancellationToken cancellationToken) =>
        new(ScopeToNumberIn(scope), await PolicyOf(policy, cancellationToken), keepPlaceholders);

    // The number of a placeholder says whether its value was there before: whoever may number guesses in a case knows what it holds.
    private static Scope ScopeToNumberIn(string name)
    {
        var scope = ParseScope(name);
        var caller = CallIdentity.Current;
        return !scope.IsCase || caller.Via is not null || caller.Principal.Roles.Contains(Role.Admin)
            ? scope
            : throw RpcFault.PermissionDenied(
                ErrorReason.RoleRequired,
                "Only services and administrators redact in the scope of a case; name a scope of your own.",
                ("method", "faultmaven.redaction.v1.RedactionService"),
                ("role", "admin"));
    }

    private async Task<CompiledPolicy> PolicyOf(string name, CancellationToken cancellationToken)
    {
        PolicyName? parsed = null;
        if (name.Length > 0 && !PolicyName.TryParse(name, out parsed))
        {
            throw RpcFault.InvalidField("policy", "must look like redactionPolicies/{policy} or redactionPolicies/{policy}@{version}");
        }

        return await WithStore(async () => await policies.FindAsync(parsed, cancellationToken)) ?? throw (parsed is not null
            ? RpcFault.NotFound(ErrorReason.PolicyNotFound, name)
            : RpcFault.Unavailable(
                ErrorReason.PolicyUnavailable, $"{policies.Configured}, which is configured, does not exist.",
                    ("name", $"{policies.Configured}")));
    }

    /// <summary>Redacts or inspects; when a part of it can't be done as the policy wants it, the call fails with a reason.</summary>
    private async Task<T> Redacting<T>(CompiledPolicy policy, Func<ValueTask<T>> work)
    {
        try
        {
            return await WithStore(work);
        }
        catch (AnalyzerException e)
        {
            LogRecognizerUnavailable(e, policy.Name);
            throw RpcFault.Unavailable(
                ErrorReason.RecognizerUnavailable,
                "The external recogniser does not answer, and the policy does not go on without it.",
                ("recognizer", "external"));
        }
        catch (PatternTooSlowException e)
        {
            LogPatternTooSlow(policy.Name, e.Type);
            throw RpcFault.Unavailable(
                ErrorReason.PatternTooSlow, $"A pattern of {policy.Name} takes too long on this text.", ("policy", policy.Name),
                    ("type", e.Type));
        }
    }

    /// <summary>Runs what needs the store; when that fails, the call does, with a reason.</summary>
    private async Task<T> WithStore<T>(Func<ValueTask<T>> work)
    {
        try
        {
            return await work();
        }
        catch (StateStoreException e)
        {
            LogStoreUnavailable(e);
            throw StoreUnavailable("the store of placeholders does not answer");
        }
        catch (PseudonymKeyMismatchException e)
        {
            LogKeyMismatch(e);
            throw StoreUnavailable("this scope was started under another key");
        }
        catch (PolicyUnreadableException e)
        {
            LogKeyMismatch(e);
            throw StoreUnavailable("the policy was saved under another key");
        }
    }

    private static RpcException StoreUnavailable(string why) =>
        RpcFault.Unavailable(ErrorReason.StoreUnavailable, $"This cannot be redacted as it was before: {why}.",
            ("store", ResourceNames.Redaction));

    [LoggerMessage(LogLevel.Warning, "The store of pseudonyms did not answer; the call was refused.")]
    private partial void LogStoreUnavailable(Exception exception);

    [LoggerMessage(LogLevel.Error, "Replicas run with different keys, or a key was lost; the call was refused.")]
    private partial void LogKeyMismatch(Exception exception);

    [LoggerMessage(LogLevel.Warning, "The external recogniser did not answer; a call under {Policy} was refused.")]
    private partial void LogRecognizerUnavailable(Exception exception, string policy);

    [LoggerMessage(LogLevel.Warning, "A pattern of {Policy} for {Type} took too long; the call was refused.")]
    private partial void LogPatternTooSlow(string policy, string type);
}
