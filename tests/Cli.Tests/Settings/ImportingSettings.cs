using System.Text.Json;

namespace FaultMaven.Cli.Tests.Settings;

public sealed class ImportingSettings : IDisposable
{
    // With 1 for all of them and fireworks as the provider.
    private static readonly string[] s_taken =
    [
        "CORS_ALLOW_ORIGINS", "CORS_ORIGINS", "ENVIRONMENT", "FIREWORKS_API_BASE", "FIREWORKS_API_KEY", "FIREWORKS_MODEL",
        "LLM_REQUEST_TIMEOUT", "LOG_FORMAT", "MAX_FILE_SIZE_MB", "MIN_SCORE_THRESHOLD", "RATE_LIMIT_BURST_SIZE",
        "RATE_LIMIT_REQUESTS_PER_MINUTE", "SUPPORTED_LANGUAGES", "UPLOAD_TIMEOUT",
    ];

    private readonly Fm _fm = new();

    [Fact]
    public async Task Prints_ours_for_theirs()
    {
        var result = (await ImportAsync(
            """
            # made up for this test
            CHAT_PROVIDER=openai
            OPENAI_API_KEY="sk-made-up-for-this-test"
            export OPENAI_MODEL=gpt-4o   # the larger one
            LLM_REQUEST_TIMEOUT=30
            REDIS_URL=redis://:made%20up@10.0.0.7:30379/2
            PRESIDIO_ANALYZER_URL=http://presidio:3000
            MAX_FILE_SIZE_MB=50
            LOG_LEVEL=WARNING
            CORS_ALLOW_ORIGINS=["http://localhost:3000","chrome-extension://*"]
            RATE_LIMIT_ENABLED=true
            RATE_LIMIT_REQUESTS_PER_MINUTE=60
            RATE_LIMIT_BURST_SIZE=10
            """,
            "--show-secrets")).Succeeded();

        Assert.Equal(
            [
                "Agent__Model__Endpoint=https://api.openai.com/v1",
                "Agent__Model__Id=gpt-4o",
                "Agent__Model__ApiKey=sk-made-up-for-this-test",
                "ConnectionStrings__redis='10.0.0.7:30379,password=made up,defaultDatabase=2'",
                "Identity__AllowedOrigins__0=http://localhost:3000",
                "RateLimits__CallerReadsPerMinute=60",
                "RateLimits__CallerChangesPerMinute=60",
                "RateLimits__CallerReadBurst=10",
                "RateLimits__CallerChangeBurst=10",
                "Agent__Model__Timeout=00:00:30",
                "Redaction__External__Address=http://presidio:3000",
                "Data__Limits__MaxFileBytes=52428800",
                "Logging__LogLevel__Default=Warning",
            ],
            result.Output.Trim().Split('\n'));
        Assert.Contains("chrome-extension://* is a pattern", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hides_secrets_unless_asked()
    {
        var result = (await ImportAsync(
            """
            CHAT_PROVIDER=openai
            OPENAI_API_KEY=sk-made-up-for-this-test
            FIREWORKS_API_KEY=fw-made-up-for-this-test
            REDIS_HOST=redis
            REDIS_PASSWORD=pw-made-up-for-this-test
            JWT_SECRET_KEY=jwt-made-up-for-this-test
            UNHEARD_OF=un-made-up-for-this-test
            """)).Succeeded();

        Assert.DoesNotContain("made-up", result.Output + result.Error, StringComparison.Ordinal);
        Assert.Contains("Agent__Model__ApiKey='***'", result.Output, StringComparison.Ordinal);
        Assert.Contains("ConnectionStrings__redis='***'", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_what_has_no_counterpart_and_what_is_not_known()
    {
        const string File = "CHROMADB_URL=http://chroma:8000\nUNHEARD_OF=1\nLOG_LEVEL=loud\n";

        var lax = (await ImportAsync(File)).Succeeded();
        var strict = await ImportAsync(File, "--strict");

        Assert.Equal(
            [
                "Not taken over: CHROMADB_URL: vectors are not used: knowledge is searched by words, in SQLite (Knowledge:Directory).",
                "Not taken over: UNHEARD_OF is not known.",
                "Not taken over: LOG_LEVEL: the value cannot be read.",
            ],
            lax.Error.Trim().Split('\n'));
        Assert.Equal(5, strict.ExitCode);
    }

    [Fact]
    public async Task Names_the_line_that_has_no_variable()
    {
        var result = await ImportAsync("HOST=0.0.0.0\nnot a variable\n");

        Assert.Contains("Line 2 is not NAME=value", result.FailedWith(3), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OPENAI_API_KEY=k\nCHAT_PROVIDER=openai", "https://api.openai.com/v1", "gpt-4o", "")]
    [InlineData("OPENAI_API_KEY=k\nOPENAI_BASE_URL=https://a.example/v1\nLLM_PROVIDER=openai", "https://a.example/v1", "gpt-4o", "")]
    [InlineData(
        "GEMINI_API_KEY=k\nGEMINI_API_BASE=https://g.example/v1beta\nCHAT_PROVIDER=gemini",
        "https://generativelanguage.googleapis.com/v1beta/openai", "gemini-1.5-pro", "GEMINI_API_BASE: it is of another API")]
    [InlineData("LOCAL_LLM_URL=http://gpu:8080/\nLOCAL_LLM_MODEL=phi3\nCHAT_PROVIDER=local", "http://gpu:8080/v1", "phi3", "")]
    [InlineData("LOCAL_LLM_URL=http://gpu:8080\nCHAT_PROVIDER=local", null, null, "a model needs LOCAL_LLM_MODEL")]
    [InlineData("OPENAI_API_KEY=k", null, null, "OPENAI_API_KEY: one model is used, and CHAT_PROVIDER is fireworks by default")]
    [InlineData("CHAT_PROVIDER=hal", null, null, "CHAT_PROVIDER: hal is not known")]
    public async Task Sets_a_model_that_can_be_asked_or_none(string file, string? endpoint, string? id, string left)
    {
        var result = (await ImportAsync(file)).Succeeded();

        Assert.Contains(left, result.Error, StringComparison.Ordinal);
        Assert.Equal(endpoint is null, !result.Output.Contains("Agent__Model", StringComparison.Ordinal));
        Assert.Contains(
            endpoint is null ? "" : $"Agent__Model__Endpoint={endpoint}\nAgent__Model__Id={id}\n", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_limits_that_were_off_as_none()
    {
        var result = (await ImportAsync("RATE_LIMIT_ENABLED=false\nRATE_LIMIT_BURST=5\nRATE_LIMIT_AGENT_QUERY=5:60\n")).Succeeded();

        Assert.Equal(
            [
                "RateLimits__CallerReadsPerMinute=0", "RateLimits__CallerChangesPerMinute=0", "RateLimits__TenantReadsPerMinute=0",
                "RateLimits__TenantChangesPerMinute=0",
            ],
            result.Output.Trim().Split('\n'));
        Assert.Contains("RATE_LIMIT_BURST: RATE_LIMIT_ENABLED is false", result.Error, StringComparison.Ordinal);
        Assert.Contains("RATE_LIMIT_AGENT_QUERY: limits are of callers and tenants", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Says_of_every_variable_where_it_went()
    {
        // What these say changes what becomes of others.
        string[] switches = ["CHAT_PROVIDER", "LLM_PROVIDER", "RATE_LIMIT_ENABLED", "FILE_STORAGE"];
        var names = FormerNames.All.Except(switches).ToList();

        var result = (await ImportAsync(string.Join('\n', names.Select(name => $"{name}=1")))).Succeeded();

        Assert.DoesNotContain("is not known", result.Error, StringComparison.Ordinal);
        var left = result.Error.Trim().Split('\n').Select(line => line["Not taken over: ".Length..].Split(':')[0]);
        Assert.Equal(s_taken, names.Except(left).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Prints_what_a_start_takes()
    {
        var file = _fm.File("former.env", FormerNames.Sample);

        var result = await _fm.RunInBashAsync(
            $"set -e; fm settings import '{file}' --show-secrets > fm.env 2> left.txt; set -a; . ./fm.env; set +a; "
            + $"grep -o '^[^=]*' fm.env; fm settings list --set --json --data-dir '{_fm.DataDirectory}'");

        var output = result.Succeeded().Output;
        var json = output.IndexOf('{', StringComparison.Ordinal);
        var keys = output[..json].Trim().Split('\n').Select(name => name.Replace("__", ":", StringComparison.Ordinal));
        var listed = JsonDocument.Parse(output[json..]).RootElement.GetProperty("settings").EnumerateArray()
            .Where(setting => setting.GetProperty("source").GetString() == "environment")
            .Select(setting => setting.GetProperty("key").GetString()!);
        Assert.Equal(
            [
                "ASPNETCORE_ENVIRONMENT", "ConnectionStrings:redis", "Identity:AllowedOrigins:0", "Logging:Console:FormatterName",
                "Logging:LogLevel:Default",
            ],
            keys.Except(listed).Order(StringComparer.Ordinal));
        Assert.Contains("RateLimits:CallerReadBurst", listed);
    }

    public void Dispose() => _fm.Dispose();

    private Task<FmResult> ImportAsync(string text, params string[] options) =>
        _fm.RunAsync(["settings", "import", _fm.File("former.env", text), .. options]);
}
