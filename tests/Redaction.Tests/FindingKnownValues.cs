namespace FaultMaven.Redaction.Tests;

/// <summary>A secret that its name gives away once.</summary>
public sealed class FindingKnownValues
{
    [Theory]
    [InlineData("password=Zt7-made-up9x! was refused\nlogin with Zt7-made-up9x! failed",
        "password=<PASSWORD_1> was refused\nlogin with <PASSWORD_1> failed")]
    [InlineData("Zt7madeUp000Qw9xK2 and later token=Zt7madeUp000Qw9xK2", "<AUTHORIZATION_1> and later token=<AUTHORIZATION_1>")]
    [InlineData("key Zt7madeUp000Qw9xK2Qx and fpZt7madeUp000Qw9xK2Qx, token=Zt7madeUp000Qw9xK2Qx",
        "key <AUTHORIZATION_1> and fp<AUTHORIZATION_1>, token=<AUTHORIZATION_1>")]
    public async Task Replaces_it_everywhere_else(string text, string redacted) => Assert.Equal(redacted, await Redacted.Text(text));

    [Theory]
    [InlineData("password=production\nproduction is up", "password=<PASSWORD_1>\nproduction is up")]
    [InlineData("password=cart-7\npod cart-7 is up", "password=<PASSWORD_1>\npod cart-7 is up")]
    [InlineData("password=Zt7-up9!\nxZt7-up9!", "password=<PASSWORD_1>\nxZt7-up9!")]
    public async Task Leaves_what_is_like_other_words(string text, string redacted) => Assert.Equal(redacted, await Redacted.Text(text));

    [Fact]
    public async Task Leaves_what_is_not_a_credential() =>
        Assert.Equal("Dear <PERSON_1>\nZt7Ada9Qx2Bc is up", await Redacted.Text("Dear Ada\nZt7Ada9Qx2Bc is up"));
}
