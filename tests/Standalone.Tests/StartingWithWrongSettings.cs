using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using System.Reflection;
using FaultMaven.ServiceDefaults.Settings;

namespace FaultMaven.Standalone.Tests;

public sealed class StartingWithWrongSettings : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("fm-wrong-");

    /// <summary>Every key that does not take just any text, and a value that it does not take.</summary>
    public static TheoryData<string, string> Wrong =>
    [
        .. KnownSettings.All
            .Select(setting => (setting.IsList ? $"{setting.Key}:0" : setting.Key, WrongFor(setting)))
            .Where(item => item.Item2 is not null)
            .Select(item => new TheoryDataRow<string, string>(item.Item1, item.Item2!)),
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Ends_with_the_key_and_without_a_value_that_may_be_a_secret(string key, string value)
    {
        var setting = KnownSettings.All.Single(setting => key == (setting.IsList ? $"{setting.Key}:0" : setting.Key));

        var message = await RefusalAsync(key, value);

        Assert.Contains(setting.Key, message, StringComparison.Ordinal);
        Assert.True(setting.IsShown || !message.Contains(value, StringComparison.Ordinal), message);
    }

    [Theory]
    [InlineData("Agent:Turns:Paralel", "2", "Agent:Turns:Paralel is not a setting; did you mean Agent:Turns:Parallel?")]
    [InlineData("Agnet:Turns:Parallel", "2", "Agnet:Turns is not a setting; did you mean Agent:Turns?")]
    [InlineData("Identity:Audiance", "fm", "Identity:Audiance is not a setting; did you mean Identity:Audience?")]
    [InlineData("Agent:Turns:Parallel:0", "2", "Agent:Turns:Parallel:0 is not a setting; remove it")]
    [InlineData("Redaction:Keys:0:Idd", "k", "Redaction:Keys:0:Idd is not a setting; did you mean Redaction:Keys:0:Id?")]
    [InlineData("Redaction:Restore:Callers:0:Name", "ann", "Redaction:Restore is not a setting; remove it")]
    [InlineData("Tenants:acme:Data:Limits:MaxFileByte", "1", "did you mean Tenants:acme:Data:Limits:MaxFileBytes?")]
    [InlineData("Tenants:acme:Data:Limits:MaxFileBytes", "0", "Tenants:acme:Data:Limits:MaxFileBytes must be between 1 and")]
    [InlineData("Audit:Keys", "made-up", "Audit:Keys is a list: set Audit:Keys:0")]
    public async Task Ends_with_the_key_that_means_nothing(string key, string value, string expected) =>
        Assert.Contains(expected, await RefusalAsync(key, value), StringComparison.Ordinal);

    [Fact]
    public async Task Leaves_the_variables_of_others_alone()
    {
        var options = new StandaloneOptions
        {
            DataDirectory = _directory.FullName,
            Settings = new Dictionary<string, string?> { ["Vault:Address"] = "http://vault", ["Data_Port"] = "1", ["Agents"] = "2" },
        };

        await using var host = await StandaloneHost.StartAsync(options, Cancel);

        Assert.NotEmpty(host.Addresses);
    }

    [Theory]
    [InlineData("Agents", "RequestLimits__MaxRequests", "RequestLimits:MaxRequests must be between")]
    [InlineData("Data", "RequestLimits__MaxRequests", "RequestLimits:MaxRequests must be between")]
    [InlineData("Gateway", "RequestLimits__MaxRequests", "RequestLimits:MaxRequests must be between")]
    [InlineData("Knowledge", "RequestLimits__MaxRequests", "RequestLimits:MaxRequests must be between")]
    [InlineData("Redaction", "RequestLimits__MaxRequests", "RequestLimits:MaxRequests must be between")]
    [InlineData("Sessions", "RequestLimits__MaxRequests", "RequestLimits:MaxRequests must be between")]
    [InlineData("Standalone", "RequestLimits__MaxRequests", "RequestLimits:MaxRequests must be between")]
    [InlineData("Agents", "Agent__Turns__Parallel", "Agent:Turns:Parallel must be between")]
    [InlineData("Gateway", "RateLimits__CallerReadBurst", "RateLimits:CallerReadBurst must be between")]
    [InlineData("Gateway", "Identity__AllowedOrigins", "Identity:AllowedOrigins is a list")]
    [InlineData("Sessions", "ConnectionStrings__rabbitmq", "ConnectionStrings:rabbitmq must be a URL")]
    [InlineData("Sessions", "", "ConnectionStrings:redis must be the address of Redis")]
    [InlineData("Data", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT must be a URL")]
    [InlineData("Standalone", "FAULTMAVEN_Address", "FAULTMAVEN_Address must be an address")]
    public async Task Ends_every_program_with_the_key_and_no_more(string program, string variable, string expected)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, $"FaultMaven.{program}.dll")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _directory.FullName,
            Environment =
            {
                ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
                ["FAULTMAVEN_Address"] = "http://127.0.0.1:0",
                ["Identity__Tokens__Keys__0"] = "made-up-for-this-test-0123456789",
                ["DOTNET_DbgEnableMiniDump"] = "0",
            },
        };
        if (variable.Length > 0)
        {
            start.Environment[variable] = "0";
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Cancel);
        var error = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);

        Assert.NotEqual(0, process.ExitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error + await output, StringComparison.Ordinal);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private async Task<string> RefusalAsync(string key, string value)
    {
        var options = new StandaloneOptions
        {
            DataDirectory = _directory.FullName,
            Settings = new Dictionary<string, string?> { [key] = value },
        };

        var refused = await Assert.ThrowsAsync<SettingsException>(async () =>
        {
            await using var host = await StandaloneHost.StartAsync(options, Cancel);
        });
        return refused.Message;
    }

    private static string? WrongFor(SettingDescription setting)
    {
        if (setting.ValueType != typeof(string))
        {
            return "http://[not-a-value";
        }

        var limits = setting.Property.GetCustomAttributes<ValidationAttribute>().ToList();
        return limits.OfType<MaxLengthAttribute>().FirstOrDefault() is { } length ? new string('x', length.Length + 1)
            : limits.Exists(limit => limit is RegularExpressionAttribute or Base64StringAttribute) ? "~ ~"
            : limits.Exists(limit => limit is RequiredAttribute) ? ""
            : null;
    }
}
