using FaultMaven.Redaction.Recognition.Vendors;

namespace FaultMaven.Redaction.Tests;

/// <summary>
/// Every form of a vendor's credential that we list, at its shortest and its longest. The values are made of the form alone.
/// </summary>
public sealed class KnowingVendorKeys
{
    private static readonly KeyForm[] s_forms =
    [
        .. CloudKeys.Forms, .. DeveloperKeys.Forms, .. MessagingKeys.Forms, .. ModelKeys.Forms, .. ObservabilityKeys.Forms,
        .. PaymentKeys.Forms, .. SoftwareKeys.Forms,
    ];

    public static TheoryData<int> Forms => [.. Enumerable.Range(0, s_forms.Length)];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Finds_the_shortest_and_the_longest(int index)
    {
        var form = s_forms[index];

        foreach (var length in (int[])[form.Min, Math.Min(form.Max, form.Min + 200)])
        {
            var key = form.Prefix + Made(form, length);
            var finding = Assert.Single(Redacted.Findings($"call with {key} failed"));
            Assert.Equal((form.Type, key), (finding.Type, finding.Identity));
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Leaves_what_is_shorter_or_longer_or_written_otherwise(int index)
    {
        var form = s_forms[index];
        var shorter = form.Prefix + Made(form, Math.Min(form.Min - 1, 15));
        var longer = form.Prefix + Made(form, form.Max + 1);
        var other = form.Prefix.Any(char.IsUpper) ? form.Prefix.ToLowerInvariant() : form.Prefix.ToUpperInvariant();

        Assert.DoesNotContain(Redacted.Findings($"call with {shorter} failed"), finding => finding.Type == form.Type);
        Assert.DoesNotContain(Redacted.Findings($"call with {longer} failed"), finding => finding.Type == form.Type
            && form.Max < KeyForm.Open);
        Assert.DoesNotContain(Redacted.Findings($"call with {other}{Made(form, form.Min)} failed"), finding => finding.Type == form.Type
            && other != form.Prefix);
    }

    [Fact]
    public void Lists_at_least_eighty_kinds() => Assert.InRange(s_forms.Select(form => form.Type).Distinct().Count(), 80, 500);

    // Characters of the alphabet in turn, letters and digits apart.
    private static string Made(KeyForm form, int length)
    {
        var drawn = "e7Kx2mQ9dW4b".Where(form.Alphabet.Contains).ToArray();
        return string.Concat(Enumerable.Range(0, length).Select(i => drawn[i % drawn.Length]));
    }
}
