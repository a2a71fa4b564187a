using FaultMaven.Protos.Errors.V1;
using FaultMaven.ServiceDefaults.Identity;
using Microsoft.Extensions.Options;

namespace FaultMaven.Contracts.Tests;

/// <summary>The key that services sign with is changed in steps, and no call is lost in any of them.</summary>
public sealed class RotatingTheKeyOfServices
{
    // Made up.
    private const string Former = "made-up-former-key-of-all-services";
    private const string Latter = "made-up-latter-key-of-all-services";

    private static readonly CallIdentity s_caller = new(Principal.LocalUser, Via: null);

    // Before, added at the end, moved to the front, and alone.
    private static readonly string[][] s_steps = [[Former], [Former, Latter], [Latter, Former], [Latter]];

    [Fact]
    public async Task Lets_services_of_two_neighbouring_steps_call_each_other()
    {
        foreach (var (one, next) in s_steps.Zip(s_steps.Skip(1)))
        {
            Assert.NotNull((await CheckAsync(one, next)).Identity);
            Assert.NotNull((await CheckAsync(next, one)).Identity);
        }
    }

    [Fact]
    public async Task Ends_what_the_former_key_can_do()
    {
        var check = await CheckAsync(s_steps[0], s_steps[^1]);

        Assert.Equal((ErrorReason.IdentityInvalid, "signature"), (check.Reason, check.Problem));
    }

    private static ValueTask<IdentityCheck> CheckAsync(string[] signedBy, string[] checkedBy) =>
        With(checkedBy).CheckAsync(With(signedBy).Create(s_caller, "session"), "session");

    private static IdentityTokens With(string[] keys)
    {
        var options = new IdentityTokenOptions();
        foreach (var key in keys)
        {
            options.Keys.Add(key);
        }

        return new IdentityTokens(Options.Create(options), TimeProvider.System);
    }
}
