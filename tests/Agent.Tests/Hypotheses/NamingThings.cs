using FaultMaven.Agents.Hypotheses;

namespace FaultMaven.Agents.Tests.Hypotheses;

public class NamingThings
{
    [Theory]
    [InlineData("compatible hosts", "compatible hosts are missing")]
    [InlineData("credentials", "credentials are missing")]
    [InlineData("lease", "the lease is missing")]
    [InlineData("the lease", "the lease is missing")]
    [InlineData("Mail queue", "the mail queue is missing")]
    [InlineData("Redis", "Redis is missing")]
    [InlineData("postgres", "postgres is missing")]
    [InlineData("orders-db", "orders-db is missing")]
    [InlineData("Table 81%", "the table is missing")]
    [InlineData("6789/0 clock", "the clock is missing")]
    [InlineData("eth1/0/1 from FULL", "eth1/0/1 is missing")]
    [InlineData("/srv/app/settings.yaml", "/srv/app/settings.yaml is missing")]
    [InlineData("10.2.0.9:5432", "10.2.0.9:5432 is missing")]
    [InlineData("<IP_ADDRESS_7>:5432", "<IP_ADDRESS_7>:5432 is missing")]
    [InlineData("from", "something is missing")]
    [InlineData("FULL", "something is missing")]
    [InlineData("problems", "something is missing")]
    [InlineData("@@ -3,7 +3,7 @@", "something is missing")]
    [InlineData("a=1 b=2", "something is missing")]
    [InlineData("one two three four five six seven", "something is missing")]
    [InlineData("", "something is missing")]
    public void Puts_them_into_a_sentence(string words, string sentence) =>
        Assert.Equal(sentence, ThingName.Fill("{thing} is missing", "thing", ThingName.Of(words), "something"));

    [Theory]
    [InlineData("{peer} refuses connections", "edge hosts refuse connections")]
    [InlineData("{peer} does not answer", "edge hosts do not answer")]
    [InlineData("{peer} crashes", "edge hosts crash")]
    [InlineData("{peer} has expired", "edge hosts have expired")]
    [InlineData("Whether {peer} runs", "Whether edge hosts run")]
    [InlineData("{thing} is not what {peer} is", "{thing} is not what edge hosts are")]
    public void Makes_the_verb_agree(string text, string sentence) =>
        Assert.Equal(sentence, ThingName.Fill(text, "peer", ThingName.Of("edge hosts"), "something"));
}
