using FaultMaven.Protos.Events.V1;
using FaultMaven.Sessions.Cases;
using FaultMaven.Tests.Shared;

namespace FaultMaven.Sessions.Tests;

public sealed class TitlingACase(CasesHost host) : IClassFixture<CasesHost>
{
    [Theory]
    [InlineData("")]
    [InlineData("New case")]
    [InlineData("help, please")]
    public async Task Takes_what_was_asked_where_the_title_says_nothing(string title)
    {
        var created = await host.CreateCaseAsync(title);
        await host.SayAsync(created.Name, "Hello!");
        await host.SayAsync(created.Name, "why does checkout at 10.1.2.3 refuse card payments? Customers call us.");
        await CompleteATurnAsync(created.Name);

        var titled = await host.GetCaseAsync(created.Name);

        Assert.Equal("Why does checkout refuse card payments", titled.Title);
    }

    [Fact]
    public async Task Takes_the_conclusion_where_nothing_telling_was_asked()
    {
        var created = await host.CreateCaseAsync("");
        await host.SayAsync(created.Name, "help");
        await CompleteATurnAsync(created.Name);

        Assert.Equal("The disk of db-1.prod is full", (await host.GetCaseAsync(created.Name)).Title);
    }

    [Fact]
    public async Task Leaves_a_title_that_someone_gave()
    {
        var created = await host.CreateCaseAsync("Checkout is slow");
        await host.SayAsync(created.Name, "why does checkout refuse card payments?");
        await CompleteATurnAsync(created.Name);

        Assert.Equal("Checkout is slow", (await host.GetCaseAsync(created.Name)).Title);
    }

    [Theory]
    [InlineData("see https://wiki.example.com/x?id=7 why orders queue grows", "Why orders queue grows")]
    [InlineData("mail from jane.doe@example.com says checkout is down again", "Mail says checkout is down again")]
    [InlineData("<EMAIL_ADDRESS_1> reports that invoices are missing", "Reports that invoices are missing")]
    [InlineData("node fe80::1ff:fe23:4567:890a lost its route", "Node lost its route")]
    [InlineData("call +49 170 1234567 when payments stop again", "Call when payments stop again")]
    [InlineData("/var/log/app.log shows retries since deploy v2.3.1 of today", "Shows retries since deploy v2.3.1 of today")]
    [InlineData("one two three four five six seven eight nine ten eleven twelve thirteen",
        "One two three four five six seven eight nine ten eleven twelve")]
    [InlineData("checkout down", null)]
    [InlineData("I need help with an issue please", null)]
    [InlineData("   ", null)]
    public void Has_three_to_twelve_words_without_addresses_and_paths(string text, string? title) =>
        Assert.Equal(title, CaseTitle.From([text]));

    private Task CompleteATurnAsync(string name) => host.Host.Services.PublishEventAsync(
        new TurnCompleted { Case = name, Turn = $"{name}/turns/t1", Conclusion = "The disk of db-1.prod is full." }, CasesHost.Cancel);
}
