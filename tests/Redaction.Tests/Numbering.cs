using FaultMaven.Redaction.Store;

namespace FaultMaven.Redaction.Tests;

/// <summary>What every keeper of pseudonyms does, whatever it keeps them in.</summary>
public abstract class Numbering
{
    private readonly string _test = $"{Guid.NewGuid()}";

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public Task Numbers_each_type_from_one_in_the_order_of_appearance() => OnEmpty(async pseudonyms =>
    {
        var numbers = await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada"), Email("bob"), new("IP_ADDRESS", "ada"), Email("ada")],
            Cancel);

        Assert.Equal([1, 2, 1, 1], NumbersOf(numbers));
        Assert.Equal([new(3, true), new(2, false)], await pseudonyms.NumberAsync(ScopeOf("a"), [Email("eve"), Email("bob")], Cancel));
    });

    [Fact]
    public Task Numbers_scopes_apart() => OnEmpty(async pseudonyms =>
    {
        await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada"), Email("bob")], Cancel);

        Assert.Equal([1], NumbersOf(await pseudonyms.NumberAsync(ScopeOf("b"), [Email("bob")], Cancel)));
    });

    [Fact]
    public Task Numbers_more_values_than_one_command_holds() => OnEmpty(async pseudonyms =>
    {
        var values = Enumerable.Range(0, 2500).Select(i => Email($"user{i}")).ToArray();

        var numbers = await pseudonyms.NumberAsync(ScopeOf("a"), values, Cancel);

        Assert.Equal(Enumerable.Range(1, 2500).Select(i => (long)i), NumbersOf(numbers));
    });

    [Fact]
    public Task Agrees_with_itself_when_many_ask_at_once() => OnEmpty(async pseudonyms =>
    {
        var values = Enumerable.Range(0, 40).Select(i => Email($"user{i}")).ToArray();

        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(async caller =>
        {
            var order = values.Index().OrderBy(v => (v.Index * 31 + caller * 17) % 40).Select(v => v.Item).ToArray();
            var numbers = await pseudonyms.NumberAsync(ScopeOf("a"), order, Cancel);
            return order.Zip(NumbersOf(numbers)).OrderBy(pair => pair.First.Identity).Select(pair => pair.Second).ToArray();
        }));

        Assert.All(answers, numbers => Assert.Equal(answers[0], numbers));
        Assert.Equal(values.Length, answers[0].Distinct().Count());
    });

    [Fact]
    public Task Puts_values_back() => OnEmpty(async pseudonyms =>
    {
        await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada"), new("SECRET", "x \n ü 😀"), new("SECRET", "sha256:00", IsWhole: false)],
            Cancel);

        var found = await pseudonyms.FindAsync(
            ScopeOf("a"), [new("SECRET", 1), new("EMAIL_ADDRESS", 1), new("SECRET", 2), new("EMAIL_ADDRESS", 2), new("EMAIL_ADDRESS", 0)],
                Cancel);

        Assert.Equal(["x \n ü 😀", "ada@example.com", null, null, null], found);
        Assert.Equal([null], await pseudonyms.FindAsync(ScopeOf("b"), [new("EMAIL_ADDRESS", 1)], Cancel));
    });

    [Fact]
    public Task Knows_the_last_number_of_a_type() => OnEmpty(async pseudonyms =>
    {
        await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada"), Email("bob")], Cancel);

        Assert.Equal([0, 2], await pseudonyms.LastNumbersAsync(ScopeOf("a"), ["SECRET", "EMAIL_ADDRESS"], Cancel));
        Assert.Equal([0], await pseudonyms.LastNumbersAsync(ScopeOf("b"), ["EMAIL_ADDRESS"], Cancel));
    });

    [Fact]
    public Task Forgets_values_and_never_gives_their_numbers_again() => OnEmpty(async pseudonyms =>
    {
        await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada"), Email("bob")], Cancel);
        await pseudonyms.NumberAsync(ScopeOf("b"), [Email("ada")], Cancel);

        Assert.Equal(2, await pseudonyms.ForgetAsync(ScopeOf("a"), Cancel));

        Assert.Equal([null], await pseudonyms.FindAsync(ScopeOf("a"), [new("EMAIL_ADDRESS", 1)], Cancel));
        Assert.Equal([3], NumbersOf(await pseudonyms.NumberAsync(ScopeOf("a"), [Email("ada")], Cancel)));
        Assert.Equal(["ada@example.com"], await pseudonyms.FindAsync(ScopeOf("b"), [new("EMAIL_ADDRESS", 1)], Cancel));
    });

    // Tests may share a store.
    private protected Scope ScopeOf(string name) => Redacted.ScopeOf($"{_test}/{name}");

    private protected static IEnumerable<long> NumbersOf(IEnumerable<NumberedValue> values) => values.Select(value => value.Number);

    private protected static SensitiveValue Email(string name) => new("EMAIL_ADDRESS", $"{name}@example.com");

    private protected abstract Task OnEmpty(Func<IPseudonyms, Task> test);
}

public sealed class NumberingInMemory : Numbering
{
    private protected override Task OnEmpty(Func<IPseudonyms, Task> test) => test(new InMemoryPseudonyms());
}
