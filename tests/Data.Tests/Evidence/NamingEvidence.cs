using FaultMaven.Data.Store;

namespace FaultMaven.Data.Tests.Evidence;

public sealed class NamingEvidence
{
    [Theory]
    [InlineData("cases/a")]
    [InlineData("cases/0199e1c2-checkout")]
    public void Knows_a_case_by_its_name(string text)
    {
        Assert.True(CaseName.TryParse(text, out var name));
        Assert.Equal(text, $"{name}");
    }

    [Theory]
    [InlineData("")]
    [InlineData("cases/")]
    [InlineData("cases/..")]
    [InlineData("cases/A")]
    [InlineData("cases/a/evidence/b")]
    [InlineData("sessions/a")]
    [InlineData("cases/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void Refuses_what_is_not_the_name_of_a_case(string text) => Assert.False(CaseName.TryParse(text, out _));

    [Theory]
    [InlineData("cases/a/evidence/")]
    [InlineData("cases/a/evidence/b/c")]
    [InlineData("cases/a/evidence/../b")]
    [InlineData("cases//evidence/b")]
    [InlineData("cases/a")]
    public void Refuses_what_is_not_the_name_of_evidence(string text) => Assert.False(EvidenceName.TryParse(text, out _));

    [Fact]
    public void Gives_later_evidence_a_name_that_sorts_later()
    {
        var now = new DateTimeOffset(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);
        var names = Enumerable.Range(0, 50).Select(i => $"{EvidenceName.New(new CaseName("a"), now.AddMilliseconds(i))}").ToList();

        Assert.Equal(names.Order(StringComparer.Ordinal), names);
        Assert.All(names, name => Assert.True(EvidenceName.TryParse(name, out _)));
    }
}
