namespace FaultMaven.Redaction.Tests;

public sealed class RecognizingSecrets
{
    // Made up: long enough for the forms, drawn by no one.
    private const string Letters = "MadeUpForTestsOnly0MadeUpForTestsOnly1MadeUpForTestsOnly2MadeUpForTestsOnly3MadeUpForTestsOnly4MadeUp";
    private const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    public static TheoryData<string, string> VendorKeys => new()
    {
        { "AWS_ACCESS_KEY", "AKIA" + "MADEUPEXAMPLE000" },
        { "AWS_ACCESS_KEY", "ASIA" + "MADEUPEXAMPLE000" },
        { "GCP_API_KEY", "AIza" + Letters[..35] },
        { "GOOGLE_OAUTH_SECRET", "GOCSPX-" + Letters[..28] },
        { "GITHUB_TOKEN", "ghp_" + Letters[..36] },
        { "GITHUB_TOKEN", "github_pat_" + Letters[..82] },
        { "GITLAB_TOKEN", "glpat-" + Letters[..20] },
        { "SLACK_TOKEN", "xoxb-" + "000000000000-" + Letters[..24] },
        { "STRIPE_KEY", "sk_live_" + Letters[..24] },
        { "STRIPE_WEBHOOK_SECRET", "whsec_" + Letters[..32] },
        { "TWILIO_KEY", "SK" + Hex[..32] },
        { "SENDGRID_KEY", "SG." + Letters[..22] + "." + Letters[..43] },
        { "NPM_TOKEN", "npm_" + Letters[..36] },
        { "PYPI_TOKEN", "pypi-AgE" + Letters[..80] },
        { "DOCKER_TOKEN", "dckr_pat_" + Letters[..27] },
        { "DATABRICKS_TOKEN", "dapi" + Hex[..32] },
        { "OPENAI_KEY", "sk-proj-" + Letters[..48] },
        { "ANTHROPIC_KEY", "sk-ant-api03-" + Letters[..80] },
        { "HUGGINGFACE_TOKEN", "hf_" + Letters[..34] },
        { "TELEGRAM_TOKEN", "000000000:AA" + Letters[..33] },
        { "ATLASSIAN_TOKEN", "ATATT3" + Letters[..90] },
        { "NEW_RELIC_KEY", "NRAK-" + "MADEUPFORTESTSONLYMADEUP000" },
        { "GRAFANA_TOKEN", "glsa_" + Letters[..32] + "_" + Hex[..8] },
        { "VAULT_TOKEN", "hvs." + Letters[..90] },
        { "DIGITALOCEAN_TOKEN", "dop_v1_" + Hex },
        { "AZURE_CLIENT_SECRET", "mad0Q~" + Letters[..34] },
        { "SHOPIFY_TOKEN", "shpat_" + Hex[..32] },
        { "TERRAFORM_TOKEN", Letters[..14] + ".atlasv1." + Letters[..67] },
        { "DISCORD_TOKEN", "MT" + Letters[..24] + ".MadeUp." + Letters[..38] },
    };

    [Theory]
    [MemberData(nameof(VendorKeys))]
    public void Knows_a_key_by_its_form_wherever_it_is(string type, string key)
    {
        foreach (var text in (string[])[key, $"calling with {key}.", $"\"{key}\"", $"x={key}&y=1", $"line\\n{key}\\n", $"%3D{key}",
            $"\u001b[31m{key}\u001b[0m"])
        {
            var finding = Assert.Single(Redacted.Findings(text));
            Assert.Equal((type, key), (finding.Type, finding.Identity));
        }
    }

    [Theory]
    [InlineData("password=Zt7-made-up", "password=<PASSWORD_1>")]
    [InlineData("password: Zt7-made-up", "password: <PASSWORD_1>")]
    [InlineData("\"dbPassword\": \"Zt7 made up\",", "\"dbPassword\": \"<PASSWORD_1>\",")]
    [InlineData("{\\\"password\\\":\\\"Zt7-made-up\\\"}", "{\\\"password\\\":\\\"<PASSWORD_1>\\\"}")]
    [InlineData("PGPASSWORD=Zt7-made-up psql", "PGPASSWORD=<PASSWORD_1> psql")]
    [InlineData("spring.datasource.password=Zt7-made-up", "spring.datasource.password=<PASSWORD_1>")]
    [InlineData("<password>Zt7-made-up</password>", "<password><PASSWORD_1></password>")]
    [InlineData("<add key=\"Password\" value=\"Zt7-made-up\"/>", "<add key=\"Password\" value=\"<PASSWORD_1>\"/>")]
    [InlineData("const SECRET := \"Zt7madeup000\"", "const SECRET := \"<SECRET_1>\"")]
    [InlineData("client_secret: Zt7madeup000", "client_secret: <SECRET_1>")]
    [InlineData("X-Api-Key: Zt7madeup000", "X-Api-Key: <SECRET_1>")]
    [InlineData("builder.setPassword(\"Zt7-made-up\");", "builder.setPassword(\"<PASSWORD_1>\");")]
    [InlineData("getenv(\"PASSWORD\") or \"Zt7-made-up\"", "getenv(\"PASSWORD\") or \"<PASSWORD_1>\"")]
    [InlineData("tool --password Zt7-made-up --verbose", "tool --password <PASSWORD_1> --verbose")]
    [InlineData("tool --token=Zt7madeup000", "tool --token=<SECRET_1>")]
    [InlineData("ENV DB_PASSWORD Zt7-made-up", "ENV DB_PASSWORD <PASSWORD_1>")]
    [InlineData("mysql -u app -pZt7-made-up shop", "mysql -u app -p<PASSWORD_1> shop")]
    [InlineData("curl -u ada:Zt7-made-up https://api.example.com/", "curl -u ada:<PASSWORD_1> https://api.example.com/")]
    [InlineData("sshpass -p 'Zt7-made-up' ssh host", "sshpass -p '<PASSWORD_1>' ssh host")]
    [InlineData("/login?password=Zt7-made-up&next=/", "/login?password=<PASSWORD_1>&next=/")]
    [InlineData("body=user%3Dada%26password%3DZt7-made-up", "body=user%3Dada%26password%3D<PASSWORD_1>")]
    [InlineData("Server=db;User Id=app;Password=Zt7-made-up;Timeout=30", "Server=db;User Id=app;Password=<PASSWORD_1>;Timeout=30")]
    [InlineData("postgres://app:Zt7-made-up@db:5432/shop", "postgres://app:<PASSWORD_1>@db:5432/shop")]
    [InlineData("amqp://app:Zt7/made#up@mq:5672/", "amqp://app:<PASSWORD_1>@mq:5672/")]
    [InlineData("redis://:Zt7-made-up@cache:6379/0", "redis://:<PASSWORD_1>@cache:6379/0")]
    [InlineData("dsn app:Zt7-made-up@tcp(db:3306)/shop", "dsn app:<PASSWORD_1>@tcp(db:3306)/shop")]
    [InlineData("jdbc:oracle:thin:app/Zt7-made-up@db:1521:shop", "jdbc:oracle:thin:app/<PASSWORD_1>@db:1521:shop")]
    [InlineData("Authorization: Basic bWFkZTp1cC1wYXNz", "Authorization: Basic <AUTHORIZATION_1>")]
    [InlineData("authorization=[Bearer madeUpToken0000000000]", "authorization=[Bearer <AUTHORIZATION_1>]")]
    [InlineData("Cookie: theme=dark; JSESSIONID=0123456789MADEUP0123456789", "Cookie: theme=dark; JSESSIONID=<SESSION_ID_1>")]
    [InlineData("Set-Cookie: sid=madeUp0000000000; Path=/; HttpOnly", "Set-Cookie: sid=<SESSION_ID_1>; Path=/; HttpOnly")]
    public async Task Takes_the_value_and_leaves_its_surroundings(string text, string redacted) =>
        Assert.Equal(redacted, await Redacted.Text(text));

    [Fact]
    public async Task Takes_a_private_key_from_its_first_line_to_its_last()
    {
        var key = $"-----BEGIN RSA PRIVATE KEY-----\n{Letters[..64]}\n{Letters[..40]}==\n-----END RSA PRIVATE KEY-----";

        Assert.Equal("before\n<PRIVATE_KEY_1>\nafter", await Redacted.Text($"before\n{key}\nafter"));
        Assert.Equal("{\"key\":\"<PRIVATE_KEY_1>\\n\"}",
            await Redacted.Text($"{{\"key\":\"{key.Replace("\n", "\\n", StringComparison.Ordinal)}\\n\"}}"));
    }

    [Fact]
    public async Task Takes_the_lines_of_a_private_key_that_was_cut()
    {
        var redacted = await Redacted.Text(
            $"-----BEGIN PRIVATE KEY-----\n{Letters[..64]}\n{Letters[..64]}\n2026-03-01 10:15:02 INFO up again");

        Assert.Equal("<PRIVATE_KEY_1>\n2026-03-01 10:15:02 INFO up again", redacted);
    }

    [Fact]
    public async Task Takes_a_web_token_whole()
    {
        const string Token = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJtYWRlLXVwIn0.bWFkZS11cA";

        Assert.Equal("token <JWT_1> refused", await Redacted.Text($"token {Token} refused"));
    }
}
