using FaultMaven.Protos.Operations.V1;
using FaultMaven.Tests.Shared;

namespace FaultMaven.Standalone.Tests;

public sealed class ListingSettings
{
    private const string Secret = "made-up-for-this-test-0123456789";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // A new setting with text is masked. To show it, mark it as [Shown] if no value of it can be a secret; to mask it, name it here.
    [Fact]
    public void Masks_what_is_a_secret()
    {
        var masked = KnownSettings.All.Where(setting => setting.Shown(Secret) is null && setting.ValueType != typeof(Uri));

        Assert.Equal(
            [
                "Agent:Model:ApiKey",
                "Audit:Keys",
                "Data:Blobs:S3:AccessKey",
                "Data:Blobs:S3:SecretKey",
                "Identity:Tokens:Keys",
                "Redaction:Key",
                "Redaction:Keys:0:Key",
            ],
            masked.Select(setting => setting.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Shows_no_secret_wherever_it_is_in_a_value()
    {
        var key = Convert.ToBase64String(new byte[32]);
        await using var host = await FaultMavenHost.StartAsync(
            null,
            null,
            new Dictionary<string, string?>
            {
                ["Agent:Model:ApiKey"] = Secret,
                ["Agent:Model:Endpoint"] = $"http://ann:{Secret}@127.0.0.1:1/v1?key={Secret}",
                ["Agent:Model:Id"] = "model-1",
                ["Audit:Keys:0"] = Secret,
                ["Data:Blobs:S3:SecretKey"] = Secret,
                ["Identity:Tokens:Keys:0"] = Secret,
                ["Redaction:Keys:0:Id"] = "second",
                ["Redaction:Keys:0:Key"] = key,
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://ann:{Secret}@127.0.0.1:1",
            },
            Cancel);

        var listed = await ReadAllAsync(host);

        Assert.DoesNotContain(listed.Values, setting => setting.ToString().Contains(Secret, StringComparison.Ordinal));
        Assert.DoesNotContain(listed.Values, setting => setting.ToString().Contains(key, StringComparison.Ordinal));
        Assert.Equal("***", listed["Agent:Model:ApiKey"].Value);
        Assert.True(listed["Agent:Model:ApiKey"].Masked);
        Assert.Equal("http://127.0.0.1:1/v1", listed["Agent:Model:Endpoint"].Value);
        Assert.Equal("model-1", listed["Agent:Model:Id"].Value);
        Assert.Equal("second", listed["Redaction:Keys:0:Id"].Value);
        Assert.Equal("http://127.0.0.1:1", listed["OTEL_EXPORTER_OTLP_ENDPOINT"].Value.TrimEnd('/'));
    }

    [Fact]
    public async Task Has_every_setting_of_the_documentation_with_its_meaning()
    {
        await using var host = await FaultMavenHost.StartAsync(Cancel);

        var listed = await ReadAllAsync(host);

        Assert.Empty(listed.Values.Where(setting => setting.Description.Length == 0).Select(setting => setting.Key));
        Assert.Empty(KnownSettings.All.Select(setting => setting.Key).Except(listed.Keys));
    }

    [Fact]
    public async Task Has_what_is_set_for_one_tenant()
    {
        await using var host = await FaultMavenHost.StartAsync(
            null, null, new Dictionary<string, string?> { ["Tenants:acme:Data:Limits:MaxFileBytes"] = "1024" }, Cancel);

        var listed = await ReadAllAsync(host);

        Assert.Equal(
            [("Tenants:acme:Data:Limits:MaxFileBytes", "1024")],
            listed.Values.Where(setting => setting.Key.StartsWith("Tenants", StringComparison.Ordinal))
                .Select(setting => (setting.Key, setting.Value)));
    }

    private static async Task<Dictionary<string, EffectiveSetting>> ReadAllAsync(FaultMavenHost host)
    {
        var client = new SettingsService.SettingsServiceClient(host.Channel);
        var all = new Dictionary<string, EffectiveSetting>();
        var request = new ListEffectiveSettingsRequest { PageSize = 30 };
        do
        {
            var page = await client.ListEffectiveSettingsAsync(request, cancellationToken: Cancel);
            foreach (var setting in page.EffectiveSettings)
            {
                all.Add(setting.Key, setting);
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);

        return all;
    }
}
