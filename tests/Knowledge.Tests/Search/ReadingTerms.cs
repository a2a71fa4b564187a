using FaultMaven.ServiceDefaults.Text;

namespace FaultMaven.Knowledge.Tests.Search;

public sealed class ReadingTerms
{
    [Theory]
    [InlineData("KubePodCrashLooping", "kub pod crash loop")]
    [InlineData("pod_crash-looping", "pod crash loop")]
    [InlineData("HTTPServerError", "http server error")]
    [InlineData("VMs and vCPUs", "vm cpu")]
    [InlineData("ipv6 p99 15m", "ipv6 p99 15m")]
    [InlineData("the disk's not ready", "disk not readi")]
    [InlineData("<EMAIL_ADDRESS_1> <notaplaceholder>", "emailaddress1 notaplaceholder")]
    [InlineData("a < b_1>", "1")]
    [InlineData("", "")]
    public void Splits_and_stems(string text, string terms)
    {
        Assert.Equal(terms, Terms.Index(text));
    }

    [Theory]
    [InlineData("fail fails failed failing failure failures")]
    [InlineData("configure configured configuring configuration configurations config")]
    [InlineData("synchronise synchronised synchronising synchronization synchronize")]
    [InlineData("stop stops stopped stopping")]
    [InlineData("query queries")]
    [InlineData("restart restarted restarting restarts")]
    [InlineData("expire expired expires expiring expiration")]
    public void Brings_the_forms_of_a_word_to_one_term(string forms)
    {
        Assert.Single(Terms.Read(forms).Distinct());
    }

    [Theory]
    [InlineData("process processor")]
    [InlineData("status state")]
    [InlineData("class clash")]
    public void Keeps_words_apart_that_only_look_alike(string words)
    {
        Assert.Equal(2, Terms.Read(words).Distinct().Count());
    }
}
