using System.Buffers;

namespace FaultMaven.Redaction.Recognition.Personal;

/// <summary>
/// Account names where logs put them: <c>user=ada</c>, <c>for invalid user ada from …</c>, <c>logged in as ada</c>, <c>/home/ada/</c>,
/// <c>C:\Users\ada\</c>. Accounts of the system (root, postgres, www-data) are evidence and stay.
/// </summary>
internal sealed class UserNames : Recognizer
{
    private const int MaxName = 64;
    private const int ForUser = 11;
    private const int FirstPath = 14;

    private static readonly HashSet<string> s_system = new(StringComparer.OrdinalIgnoreCase)
    {
        "root", "invalid", "admin", "administrator", "nobody", "daemon", "system", "sys", "bin", "sync", "mail", "www-data", "www",
        "apache", "nginx", "httpd", "postgres",
        "mysql", "redis", "mongodb", "mongo", "rabbitmq", "guest", "test", "ftp", "news", "uucp", "proxy", "backup", "sshd", "ntp",
        "syslog", "ubuntu", "debian",
        "ec2-user", "centos", "git", "jenkins", "gitlab-runner", "runner", "docker", "default", "anonymous", "unknown", "none", "null",
        "nil", "undefined", "user", "username",
        "service", "operator", "oracle", "cyrus", "public", "shared", "all", "true", "false", "is", "not", "name", "id", "agent", "by",
        "from", "for", "the", "a", "an",
        "on", "at", "with", "to", "and", "or", "in", "space", "mode", "input", "request", "has", "was", "who", "that", "can", "will",
        "local", "app", "application",
        "node", "hadoop", "hdfs", "yarn", "spark", "kafka", "zookeeper", "elasticsearch", "logstash", "kibana", "grafana", "prometheus",
        "vault", "consul", "airflow",
        "linuxbrew", "runneradmin", "circleci", "travis", "vagrant", "vsts", "authentication", "account", "session", "authenticated",
        "authorized", "logged", "list",
    };

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> s_isSystem =
        s_system.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly SearchValues<char> s_name =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    private static readonly SearchValues<char> s_notInName = SearchValues.Create("0123456789=:/{}<>,;");

    public override IReadOnlyList<Literal> Literals { get; } =
    [
        new("user=", LiteralStart.AtBoundary), new("username=", LiteralStart.AtBoundary), new("user_name=", LiteralStart.AtBoundary),
        new("login=", LiteralStart.AtBoundary), new("logname=", LiteralStart.AtBoundary), new("ruser=", LiteralStart.AtBoundary),
        new("\"user\":", LiteralStart.Anywhere), new("\"username\":", LiteralStart.Anywhere), new("\"login\":", LiteralStart.Anywhere),
        new("logged in as ", LiteralStart.AtBoundary), new("invalid user ", LiteralStart.AtBoundary),
            new("for user ", LiteralStart.AtBoundary),
        new("Accepted password for ", LiteralStart.AtBoundary), new("Failed password for ", LiteralStart.AtBoundary),
        new("/home/", LiteralStart.Anywhere), new("/Users/", LiteralStart.Anywhere), new("\\Users\\", LiteralStart.Anywhere),
            new("\\\\Users\\\\", LiteralStart.Anywhere),
    ];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        var start = at + Literals[literal].Text.Length;
        if (literal < FirstPath)
        {
            start += start < text.Length && text[start] == ' ' && text[start - 1] == ':' ? 1 : 0;
            while (start < text.Length && text[start] is '"' or '\'' or '\\' or '=' && start - at < 24)
            {
                start++;
            }
        }

        var length = FullNameLength(text, at, start) is var full and > 0 ? full : Alphabets.Run(text, start, s_name, MaxName);
        var name = text.Slice(start, length).TrimEnd(".-");
        var end = start + name.Length;
        var isNone = name.Length < 2 || !char.IsLetter(name[0]) || s_isSystem.Contains(name)
            || (end < text.Length && text[end] is '(' or '@' or '$' or '%' or '{');

        // "for user workload monitoring" is prose; an account is followed by where from, by whom, or nothing. Names in code begin a path
        // or a call; an account's is alone.
        var runsOn = literal == ForUser ? !IsClosed(text[end..]) : literal < FirstPath && end < text.Length
            && char.IsLetterOrDigit(text[end]);
        if (isNone || runsOn)
        {
            findings.Doubt(at, end + 1);
            return;
        }

        findings.Add(FindingTypes.UserName, start, end, 0.6);
    }

    // user="Ada Lovelace": in quotes, a few words are one name.
    private static int FullNameLength(ReadOnlySpan<char> text, int at, int start)
    {
        var quote = start > at ? text[start - 1] : '\0';
        if (quote is not ('"' or '\''))
        {
            return 0;
        }

        var ahead = text.Slice(start, Math.Min(MaxName, text.Length - start));
        var end = ahead.IndexOf(quote);
        var name = end < 0 ? default : ahead[..end].TrimEnd('\\');
        return name.Count(' ') is 1 or 2 && char.IsUpper(name[0]) && !name.ContainsAny(s_notInName) ? name.Length : 0;
    }

    private static bool IsClosed(ReadOnlySpan<char> after) =>
        after.IsEmpty || after[0] is '\r' or '\n' or ',' or ';' or ':' or '\'' or '"' or ']' or ')'
        || after.StartsWith(" by ", StringComparison.Ordinal) || after.StartsWith(" from ", StringComparison.Ordinal)
        || after.StartsWith(" failed", StringComparison.Ordinal);
}
