using FaultMaven.Data.Analysis.Statements;
using FaultMaven.Data.Sources;

namespace FaultMaven.Data.Query.CaseGraph;

/// <summary>Finds whom settings make a program call: addresses, connection strings, and hosts under keys that say that they are.</summary>
internal static class SettingPeers
{
    private const int MaxValue = 4_096;

    private static readonly System.Buffers.SearchValues<char> s_inName =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    private static readonly string[] s_hostKeys = ["host", "hostname", "server", "address", "addr", "endpoint", "url", "uri", "broker",
        "brokers", "upstream", "backend", "target", "master", "primary", "replica", "dsn"];

    private static readonly string[] s_resolverKeys = ["nameserver", "nameservers", "resolver", "dns", "dns_servers", "forward"];

    // Links for people and tools, and names of images.
    private static readonly string[] s_notCalled = ["image", "schema", "runbook", "runbook_url", "homepage", "documentation", "docs",
        "source", "repository", "license", "description", "generatorURL", "dashboard", "listen", "bind", "apiVersion", "icon", "repo",
        "summary", "message", "title"];

    /// <summary>Reads one setting.</summary>
    public static void Read(string key, string value, GraphObject owner, GraphBuilder graph, Proto.Citation citation)
    {
        if (value.Length is 0 or > MaxValue || Names.IsOneOf(key, s_notCalled))
        {
            return;
        }

        var words = Names.Words(key);
        if (words.Contains("client") || words.Contains("caller") || words.Contains("remote"))
        {
            return;
        }

        var isResolver = Names.IsOneOf(key, s_resolverKeys);
        var found = false;
        var addresses = new AddressText(value);
        while (addresses.MoveNext())
        {
            found = true;
            if (PeerDirections.Of(value, in addresses) is not PeerDirection.None and var direction)
            {
                Relate(owner, graph.Address(addresses.Host, addresses.Port, citation), isResolver || direction == PeerDirection.Resolver,
                    addresses.Port.ToString());
            }
        }

        if (found)
        {
            return;
        }

        if (HostIn(value) is { Length: > 0 } named)
        {
            Relate(owner, graph.Address(named, "", citation), false, "");
        }
        else if (isResolver || (words.Count > 0 && s_hostKeys.Contains(words[^1])))
        {
            foreach (var host in value.Split([' ', ',', ';', '\t'], StringSplitOptions.RemoveEmptyEntries).Take(8))
            {
                if (AddressText.IsHost(host) || (!isResolver && IsName(host)))
                {
                    Relate(owner, graph.Address(host, "", citation), isResolver, "");
                }
            }
        }

        void Relate(GraphObject from, GraphObject to, bool resolves, string port) => graph.Relate(
            resolves ? Proto.RelationType.ResolvesBy : Proto.RelationType.Calls, from, to, citation,
            string.Join(", ", new[] { key, port.Length > 0 ? $"port {port}" : "" }.Where(part => part.Length > 0)));
    }

    /// <summary>Reads settings line by line.</summary>
    /// <param name="content">The lines.</param>
    /// <param name="first">Where they begin in the file, as a rule one line too early.</param>
    /// <param name="owner">Whom they are for.</param>
    /// <param name="graph">Where to put what is found.</param>
    /// <param name="file">The file.</param>
    /// <param name="text">Its text.</param>
    public static void ReadLines(string content, int first, GraphObject owner, GraphBuilder graph, CitedFile file, SourceText text)
    {
        var lines = content.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim().TrimStart('+', '-', ' ');
            if (line.Length == 0 || line[0] is '#' or ';' || line.StartsWith("//", StringComparison.Ordinal))
            {
                continue;
            }

            var at = Enumerable.Range(first + i, 2).FirstOrDefault(
                number => number <= text.LineCount && text.Line(number).Contains(line, StringComparison.Ordinal), first);
            var citation = file.Cite(at, text.Line(at));
            var (key, value) = KeyAndValue(line);
            Read(key, value, owner, graph, citation);
        }
    }

    // "DB_HOST=db", "url: http://…", "server 10.0.0.1:8080;", "proxy_pass http://orders;"
    private static (string Key, string Value) KeyAndValue(string line)
    {
        if (Field.TrySplit(line, out var key, out var value))
        {
            return (key, value.Trim('"', '\'', ',', ';'));
        }

        var equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0 && !line.AsSpan(0, equals).Trim().ContainsAny(" \t:\""))
        {
            return (line[..equals].Trim(), line[(equals + 1)..].Trim().Trim('"', '\'', ',', ';'));
        }

        var space = line.IndexOfAny([' ', '\t']);
        return space > 0 ? (line[..space], line[(space + 1)..].Trim().TrimEnd(';')) : ("", line);
    }

    // Server=tcp:db-1.internal,1433;Database=orders | host=db-1 port=5432 dbname=orders
    private static string HostIn(string value)
    {
        foreach (var part in value.Contains(';', StringComparison.Ordinal) ? value.Split(';') : value.Split(' '))
        {
            if (part.Split('=', 2) is [var name, var host]
                && Names.IsOneOf(name, "server", "data source", "host", "hostaddr", "addr", "address"))
            {
                host = host.Trim();
                host = host.StartsWith("tcp:", StringComparison.OrdinalIgnoreCase) ? host["tcp:".Length..] : host;
                host = host.Split([',', ':', '\\'])[0];
                if (AddressText.IsHost(host) || IsName(host))
                {
                    return host;
                }
            }
        }

        return "";
    }

    private static bool IsName(string word) => word.Length is >= 2 and <= 63 && char.IsAsciiLetter(word[0])
        && !word.AsSpan().ContainsAnyExcept(s_inName) && word is not ("true" or "false" or "null" or "none");
}
