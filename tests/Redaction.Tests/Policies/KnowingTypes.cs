using System.Reflection;
using FaultMaven.Redaction.Policies;
using FaultMaven.Redaction.Recognition;

namespace FaultMaven.Redaction.Tests.Policies;

/// <summary>A policy can name every type that our recognisers find.</summary>
public sealed class KnowingTypes
{
    public static TheoryData<string> Types =>
    [
        .. typeof(FindingTypes).GetFields(BindingFlags.Public | BindingFlags.Static).Where(constant => constant.IsLiteral)
            .Select(constant => (string)constant.GetRawConstantValue()!).Where(type => type != FindingTypes.Literal),
    ];

    [Theory]
    [MemberData(nameof(Types))]
    public void Has_a_group_for_it(string type)
    {
        Assert.True(KnownTypes.Contains(type));
        Assert.Equal(FindingTypes.IsCredential(type), KnownTypes.GroupOf(type) == KnownTypes.AllSecrets);
    }

    [Theory]
    [InlineData("AWS_ACCESS_KEY")]
    [InlineData("GITHUB_TOKEN")]
    [InlineData("DISCORD_TOKEN")]
    public void Counts_vendors_credentials_among_the_secrets(string type) => Assert.Equal(KnownTypes.AllSecrets, KnownTypes.GroupOf(type));

    [Theory]
    [InlineData("EMPLOYEE_ID", true)]
    [InlineData("X", true)]
    [InlineData("ID_7B", true)]
    [InlineData("LITERAL", false)]
    [InlineData("ALL_SECRETS", false)]
    [InlineData("ID_7", false)]
    [InlineData("ID_", false)]
    [InlineData("_ID", false)]
    [InlineData("7ID", false)]
    [InlineData("Id", false)]
    [InlineData("", false)]
    public void Accepts_names_that_a_placeholder_can_have(string type, bool isUsable) => Assert.Equal(isUsable, KnownTypes.IsUsable(type));
}
