using FaultMaven.ServiceDefaults.Identity;
using Microsoft.Extensions.Options;

namespace FaultMaven.Tests.Shared;

/// <summary>
/// A way into hosts of single services: they get the key of the tests as a setting, and their callers sign with it as the gateway would.
/// </summary>
public static class TestIdentity
{
    // Made up.
    private const string Key = "made-up-key-that-is-only-for-tests";

    /// <summary>The settings of a host that lets the tests in.</summary>
    public static IReadOnlyDictionary<string, string?> Settings { get; } =
        new Dictionary<string, string?> { ["Identity:Tokens:Keys:0"] = Key };

    /// <summary>Makes tokens as the gateway does, or as someone does who has another key.</summary>
    public static IdentityTokens Tokens(TimeProvider? time = null, string key = Key) =>
        new(Options.Create(new IdentityTokenOptions { Keys = { key } }), time ?? TimeProvider.System);

    /// <summary>A token of someone who calls from outside.</summary>
    /// <param name="audience">The service that is called, such as <c>session</c>.</param>
    /// <param name="principal">Who calls; null for one who may do everything.</param>
    /// <param name="time">The clock of the host; null for the system's.</param>
    public static string TokenFor(string audience, Principal? principal = null, TimeProvider? time = null) =>
        Tokens(time).Create(new CallIdentity(principal ?? Principal.LocalUser, Via: null), audience);

    /// <summary>Lets a test use what a service is made of, as if it served a call.</summary>
    /// <param name="principal">For whom; null for one who may do everything.</param>
    public static CallIdentity.Entered Work(Principal? principal = null) =>
        new CallIdentity(principal ?? Principal.LocalUser, Via: null).Enter("tests");

    /// <summary>Signs all requests.</summary>
    /// <param name="inner">Sends them.</param>
    /// <param name="jsonService">The service that answers JSON; gRPC names its service itself.</param>
    /// <param name="principal">Who calls; null for one who may do everything.</param>
    /// <param name="time">The clock of the host; null for the system's.</param>
    public static HttpMessageHandler Signing(
        HttpMessageHandler inner, string jsonService = "", Principal? principal = null, TimeProvider? time = null) =>
        new SigningHandler(inner, jsonService, principal, time);

    private sealed class SigningHandler(HttpMessageHandler inner, string jsonService, Principal? principal, TimeProvider? time)
        : DelegatingHandler(inner)
    {
        private const string Contract = "/faultmaven.";

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = request.RequestUri!.AbsolutePath;
            var service = path.StartsWith(Contract, StringComparison.Ordinal) ? IdentityTokens.AudienceOf(path) : jsonService;
            if (!request.Headers.Contains(IdentityTokens.Header))
            {
                request.Headers.Add(IdentityTokens.Header, TokenFor(service, principal, time));
            }

            return base.SendAsync(request, cancellationToken);
        }
    }
}
