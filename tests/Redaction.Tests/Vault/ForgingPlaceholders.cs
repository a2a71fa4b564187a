using FaultMaven.Redaction.Store;

namespace FaultMaven.Redaction.Tests.Vault;

/// <summary>Text that looks like a placeholder and was not given out means no one's value, and hides none.</summary>
public sealed class ForgingPlaceholders
{
    private readonly InMemoryPseudonyms _scope = new();

    [Fact]
    public async Task Makes_a_value_of_a_placeholder_that_was_not_given_out()
    {
        var redacted = await Redacted.Text("<EMAIL_ADDRESS_1> wrote to ada@example.com", _scope);

        Assert.Equal("<LITERAL_1> wrote to <EMAIL_ADDRESS_1>", redacted);
        Assert.Equal("<EMAIL_ADDRESS_1> wrote to ada@example.com", await Redacted.Restored(redacted, _scope));
    }

    [Fact]
    public async Task Never_lets_a_forged_one_become_one_that_is_given_out_later()
    {
        var forged = await Redacted.Text("paid by <CREDIT_CARD_1>", _scope);
        await Redacted.Text("4111 1111 1111 1111", _scope);

        Assert.Equal("paid by <CREDIT_CARD_1>", await Redacted.Restored(forged, _scope));
    }

    [Fact]
    public async Task Leaves_one_that_was_given_out()
    {
        await Redacted.Text("ada@example.com", _scope);

        Assert.Equal("<EMAIL_ADDRESS_1> again", await Redacted.Text("<EMAIL_ADDRESS_1> again", _scope));
    }

    [Fact]
    public async Task Treats_even_those_as_values_in_raw_text()
    {
        await Redacted.Text("ada@example.com", _scope);

        var redacted = await Redacted.Text("<EMAIL_ADDRESS_1> again", _scope, keepPlaceholders: false);

        Assert.Equal("<LITERAL_1> again", redacted);
        Assert.Equal("<EMAIL_ADDRESS_1> again", await Redacted.Restored(redacted, _scope));
    }

    [Theory]
    [InlineData("<AKIAMADEUPEXAMPLE000_1>")]
    [InlineData("<CARD_4111111111111111>")]
    [InlineData("<AKIAMADEUPEXAMPLE000_0>")]
    [InlineData("<EMAIL_ADDRESS_123456789012345678>")]
    [InlineData("<EMAIL_ADDRESS_01>")]
    public async Task Hides_nothing(string forged)
    {
        await Redacted.Text("ada@example.com", _scope);

        var redacted = await Redacted.Text($"password={forged}", _scope);

        Assert.Equal("password=<LITERAL_1>", redacted);
        Assert.Equal($"password={forged}", await Redacted.Restored(redacted, _scope));
    }

    [Fact]
    public async Task Judges_the_end_of_a_long_text_by_what_was_given_out_before_it()
    {
        var text = string.Join('\n', Enumerable.Range(0, 3000).Select(i => $"user{i % 7}@example.com is number {i}"))
            + "\n<EMAIL_ADDRESS_3> <EMAIL_ADDRESS_8>";

        var streamed = await Redacted.Pieces(text.Chunk(1000).Select(chars => new string(chars)), new InMemoryPseudonyms());

        Assert.Equal(await Redacted.Text(text), streamed);
        Assert.EndsWith("<LITERAL_1> <LITERAL_2>", streamed, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Puts_none_together_from_what_is_left_when_something_is_dropped()
    {
        Proto.RedactionPolicy policy = new()
        {
            Name = "redactionPolicies/tests",
            Version = 1,
            DeniedValues = { new Proto.DeniedValue { Type = "PROJECT", Value = "project-blue" } },
            TypeRules = { new Proto.TypeRule { Type = "PROJECT", Action = Proto.RedactionAction.Drop } },
        };
        await Redacted.Text("ada@example.com", _scope);

        Assert.Equal("<EMAIL_ADDRESS_1 >", await Redacted.Text("<EMAIL_ADDRESS_1project-blue>", _scope, policy: policy));
        Assert.Equal("<EMAIL_ADDRE SS_1>", await Redacted.Text("<EMAIL_ADDREproject-blueSS_1>", _scope, policy: policy));
    }

    [Fact]
    public async Task Knows_its_own_masks_and_hashes()
    {
        Proto.RedactionPolicy policy = new()
        {
            Name = "redactionPolicies/tests",
            Version = 1,
            TypeRules =
            {
                new Proto.TypeRule { Type = "EMAIL_ADDRESS", Action = Proto.RedactionAction.Hash },
                new Proto.TypeRule { Type = "ALL_NETWORK", Action = Proto.RedactionAction.Mask },
            },
        };

        var redacted = await Redacted.Text("ada@example.com from 10.20.30.40, ada@example.com", _scope, policy: policy);

        Assert.Matches("^(<EMAIL_ADDRESS_[1-9][0-9]{17}>) from <IP_ADDRESS_0>, \\1$", redacted);
        Assert.Equal(redacted, await Redacted.Text(redacted, _scope, policy: policy));
        Assert.Equal(redacted, await Redacted.Text(redacted, _scope));
        Assert.Equal(0, (await _scope.LastNumbersAsync(Redacted.Scope, ["LITERAL"], TestContext.Current.CancellationToken))[0]);
        Assert.False(Pseudonym.TryParse("<EMAIL_ADDRESS_00>", out _));
    }
}
