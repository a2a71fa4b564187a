using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace FaultMaven.Redaction.Tests;

/// <summary>
/// A secret that was put into a text doesn't come out again, whatever the text is wrapped in. All secrets are made up at random.
/// </summary>
public sealed class PlantingSecrets
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string DecimalDigits = "0123456789";
    private const string Alphanumeric = Letters + DecimalDigits;
    private const string Base64 = Alphanumeric + "+/";

    // The same secrets every time: a run that fails can be repeated, and one that passed passes again.
    private static readonly Config s_config = Config.QuickThrowOnFailure.WithMaxTest(60).WithReplay(17, 11);

    /// <summary>A secret in the words that usually are around it, and the part of it that must not come out.</summary>
    private static readonly Dictionary<string, Gen<(string Text, string Secret)>> s_secrets = new()
    {
        ["password"] = Password().Select(p => ($"password={p}", p)),
        ["quoted password"] = Password().Select(p => ($"password: \"{p}\"", p)),
        ["variable"] = Drawn(Alphanumeric, 24).Select(p => ($"SHOP_DB_PASSWORD={p}", p)),
        ["api key"] = Drawn(Alphanumeric, 32).Select(p => ($"api_key={p}", p)),
        ["json field"] = Drawn(Alphanumeric, 28).Select(p => ($"{{\"client_secret\":\"{p}\",\"id\":7}}", p)),
        ["token of a vendor"] = Drawn(Alphanumeric, 36).Select(p => ($"pushed with ghp_{p} by the build", $"ghp_{p}")),
        ["access key"] = Drawn("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16).Select(p => ($"caller AKIA{p} was denied", $"AKIA{p}")),
        ["web token"] = Drawn(Alphanumeric, 43).Select(p => ($"jwt eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJtYWRlLXVwIn0.{p}", p)),
        ["bearer"] = Drawn(Alphanumeric, 40).Select(p => ($"Authorization: Bearer {p}", p)),
        ["basic"] = Drawn(Alphanumeric, 20).Select(p => Convert.ToBase64String(Encoding.UTF8.GetBytes($"app:{p}")))
            .Select(p => ($"Authorization: Basic {p}", p)),
        ["connection address"] = Drawn(Alphanumeric, 18).Select(p => ($"postgres://app:{p}@db-primary:5432/shop", p)),
        ["connection string"] = Drawn(Alphanumeric, 18)
            .Select(p => ($"Server=db-primary;Database=shop;User Id=app;Password={p};Encrypt=true", p)),
        ["cookie"] = Drawn(Alphanumeric, 32).Select(p => ($"Cookie: theme=dark; sessionid={p}", p)),
        ["private key"] = Drawn(Base64, 128)
            .Select(p => ($"-----BEGIN PRIVATE KEY-----\n{p[..64]}\n{p[64..]}\n-----END PRIVATE KEY-----", p[..64])),
        ["command"] = Drawn(Alphanumeric, 16).Select(p => ($"curl -u app:{p} https://shop.example/orders", p)),
    };

    public static TheoryData<string, string> Planted() => new(
        from wrapping in Wrapping.All
        from secret in s_secrets.Keys
        select (wrapping.Name, secret));

    [Theory]
    [MemberData(nameof(Planted))]
    public void None_survives(string wrapping, string secret)
    {
        var (_, wrap, forms) = Wrapping.All.Single(w => w.Name == wrapping);

        Prop.ForAll(s_secrets[secret].ToArbitrary(), planted =>
        {
            var redacted = Redact(wrap(planted.Text));
            Assert.All(forms(planted.Secret), form => Assert.DoesNotContain(form, redacted, StringComparison.Ordinal));
        }).Check(s_config);
    }

    private static string Redact(string text)
    {
        var redacted = new StringBuilder();
        var done = 0;
        foreach (var finding in Redacted.Findings(text))
        {
            redacted.Append(text, done, (int)finding.Start - done).Append($"<{finding.Type}_1>");
            done = (int)finding.End;
        }

        return redacted.Append(text, done, text.Length - done).ToString();
    }

    // A letter first and a digit somewhere, as generated passwords have.
    private static Gen<string> Password() => Drawn(Alphanumeric + "!#%*+-./:?@^_~", 14).Select(p => $"Z{p}7");

    private static Gen<string> Drawn(string alphabet, int length) =>
        Gen.Elements(alphabet.ToCharArray()).ArrayOf(length).Select(drawn => new string(drawn));
}
