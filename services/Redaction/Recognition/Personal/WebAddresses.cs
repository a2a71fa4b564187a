using System.Buffers;

namespace FaultMaven.Redaction.Recognition.Personal;

/// <summary>
/// Web sites of people and organisations, scheme and host: <c>https://www.ada-lovelace.example/</c>, <c>ada-lovelace.example</c>. What an
/// investigation needs stays: the path, addresses with a port or in log records, hosts below a site (<c>api.…</c>, <c>docs.…</c>), hosts
/// inside a network, and the sites that engineers cite.
/// </summary>
internal sealed class WebAddresses : Recognizer
{
    private const int MaxHost = 253;
    private const int Www = 2;

    private static readonly SearchValues<char> s_hostEnd = SearchValues.Create("/?#:@ \t\r\n\"'`<>()[]{}|\\,;\0");

    // Ends of hosts that no person owns: networks, clouds, vendors, documentation.
    private static readonly string[] s_public =
    [
        ".local", ".internal", ".svc", ".lan", ".corp", ".intranet", ".arpa", ".cloud", "amazonaws.com", "azure.com", "windows.net",
        "microsoft.com",
        "googleapis.com", "google.com", "gcr.io", "github.com", "githubusercontent.com", "gitlab.com", "bitbucket.org", "docker.com",
        "docker.io", "quay.io",
        "kubernetes.io", "k8s.io", "cncf.io", "apache.org", "mozilla.org", "w3.org", "ietf.org", "iana.org", "stackoverflow.com",
        "npmjs.com",
        "pypi.org", "maven.org", "redhat.com", "ubuntu.com", "debian.org", "grafana.com", "prometheus.io", "elastic.co", "hashicorp.com",
        "cloudflare.com", "datadoghq.com", "slack.com", "atlassian.net", "atlassian.com", "openai.com", "anthropic.com", "python.org",
        "golang.org", "go.dev",
        "rust-lang.org", "nodejs.org", "oracle.com", "postgresql.org", "mysql.com", "mongodb.com", "redis.io", "rabbitmq.com",
        "letsencrypt.org", "xmlsoap.org",
    ];

    public override IReadOnlyList<Literal> Literals { get; } =
    [
        new("http://", LiteralStart.AtBoundary), new("https://", LiteralStart.AtBoundary), new("www.", LiteralStart.AtBoundary),
    ];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        if (literal == Www && at > 0 && text[at - 1] is '/' or '.' or '@')
        {
            return;
        }

        var start = literal == Www ? at : at + Literals[literal].Text.Length;
        var ahead = text.Slice(start, Math.Min(MaxHost, text.Length - start));
        var length = ahead.IndexOfAny(s_hostEnd);
        var host = (length < 0 ? ahead : ahead[..length]).TrimEnd(".!");
        var end = start + host.Length;

        if (IsPublicHost(host) && (end >= text.Length || text[end] is not (':' or '@')) && Context.IsProse(text, at))
        {
            findings.Add(FindingTypes.Url, at, end, 0.8);
        }
    }

    // www.…, or nothing before the name that was registered: site.example, site.co.example.
    private static bool IsSite(ReadOnlySpan<char> host)
    {
        if (host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) || host.Count('.') == 1)
        {
            return true;
        }

        var second = host[(host.IndexOf('.') + 1)..];
        return host.Count('.') == 2 && second[..second.IndexOf('.')] is "com" or "co" or "org" or "net" or "gov" or "edu" or "ac";
    }

    // Two or more labels, of which the last is letters; not one of the hosts above.
    private static bool IsPublicHost(ReadOnlySpan<char> host)
    {
        var dot = host.LastIndexOf('.');
        if (dot <= 0 || host.Length - dot < 3 || host[(dot + 1)..].ContainsAnyExcept(Alphabets.Letters))
        {
            return false;
        }

        if (!IsSite(host))
        {
            return false;
        }

        foreach (var end in s_public)
        {
            if (host.EndsWith(end, StringComparison.OrdinalIgnoreCase)
                && (end[0] == '.' || host.Length == end.Length || host[^(end.Length + 1)] == '.'))
            {
                return false;
            }
        }

        return true;
    }
}
