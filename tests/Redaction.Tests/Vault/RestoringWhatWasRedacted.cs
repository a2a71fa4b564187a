using FsCheck;
using FsCheck.Fluent;

namespace FaultMaven.Redaction.Tests.Vault;

/// <summary>What must hold for every text that is redacted and restored.</summary>
public sealed class RestoringWhatWasRedacted
{
    private static readonly string[] s_fragments =
    [
        "ada@example.com", "bob@example.com", "10.20.30.40", "password=", "Zt7-made-up", "password=Zt7-made-up😀", "4111 1111 1111 1111",
        "AKIAMADEUPEXAMPLE000",
        "<EMAIL_ADDRESS_1>", "<EMAIL_ADDRESS_2>", "<EMAIL_ADDRESS_01>", "<LITERAL_1>", "<LITERAL_2>", "<PASSWORD_0>",
        "<SECRET_123456789012345678>", "<EMAIL_ADDRESS_",
        "_1>", "1>", "<", ">", "<<", "_", "A", "EMAIL_ADDRESS", " ", "\n", "\"", "\\", "=", ":", "😀", "é", "token=", "Bearer ",
        "Dear Ada Lovelace,",
    ];

    private static readonly Gen<string> s_text = Gen.Elements(s_fragments).ListOf().Select(string.Concat);
    private static readonly Arbitrary<(string, string)> s_texts = s_text.Zip(s_text).ToArbitrary();
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(300);

    [Fact]
    public void Gives_back_every_text_that_cites_nothing_given_out() => Prop.ForAll(s_texts, async texts =>
    {
        var scope = new InMemoryPseudonyms();
        var redacted = await Redacted.Text(texts.Item1, scope);

        Assert.Equal(texts.Item1, await Redacted.Restored(redacted, scope));
    }).Check(s_config);

    [Fact]
    public void Gives_back_every_raw_text_whatever_the_scope_has_seen() => Prop.ForAll(s_texts, async texts =>
    {
        var scope = new InMemoryPseudonyms();
        await Redacted.Text(texts.Item1, scope);

        var redacted = await Redacted.Text(texts.Item2, scope, keepPlaceholders: false);

        Assert.Equal(texts.Item2, await Redacted.Restored(redacted, scope));
    }).Check(s_config);

    [Fact]
    public void Gives_the_same_as_restoring_alone_where_the_scope_has_seen_it() => Prop.ForAll(s_texts, async texts =>
    {
        var scope = new InMemoryPseudonyms();
        await Redacted.Text(texts.Item1, scope);
        var before = await Redacted.Restored(texts.Item2, scope);

        Assert.Equal(before, await Redacted.Restored(await Redacted.Text(texts.Item2, scope), scope));
    }).Check(s_config);

    [Fact]
    public void Gives_the_same_however_the_redacted_text_is_cut() => Prop.ForAll(s_texts, async texts =>
    {
        var scope = new InMemoryPseudonyms();
        var redacted = await Redacted.Text(texts.Item1, scope);

        Assert.Equal(texts.Item1, await Redacted.Restored(redacted, scope, pieceLength: 1));
    }).Check(s_config);

    [Fact]
    public void Changes_nothing_when_it_redacts_again() => Prop.ForAll(s_texts, async texts =>
    {
        var scope = new InMemoryPseudonyms();
        await Redacted.Text(texts.Item1, scope);
        var once = await Redacted.Text(texts.Item2, scope);
        var restored = await Redacted.Restored(once, scope);

        // Placeholders stay what they are, even where taking a value makes what was beside it look like one.
        Assert.Equal(restored, await Redacted.Restored(await Redacted.Text(once, scope), scope));
    }).Check(s_config);
}
