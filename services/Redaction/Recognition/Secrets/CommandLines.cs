namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// Passwords behind options that don't say so, after the programs known to take them there: <c>mysql -pSECRET</c>, <c>sshpass -p
/// SECRET</c>, <c>curl -u user:SECRET</c>, <c>redis-cli -a SECRET</c>, <c>ConvertTo-SecureString "SECRET"</c>, <c>openssl -passin
/// pass:SECRET</c>, <c>rabbitmqctl add_user app SECRET</c>.
/// </summary>
internal sealed class CommandLines : Recognizer
{
    private const int MaxCommand = 1024;
    private const double Confidence = 0.9;

    // Each option counts where it starts a word; the password follows in the same word or the next.
    private static readonly Command[] s_commands =
    [
        new("sshpass", "-p", Joined: true),
        new("mysql", "-p", Joined: true, OnlyJoined: true),
        new("mysqldump", "-p", Joined: true, OnlyJoined: true),
        new("mysqladmin", "-p", Joined: true, OnlyJoined: true),
        new("mariadb", "-p", Joined: true, OnlyJoined: true),
        new("7z ", "-p", Joined: true, OnlyJoined: true),
        new("xfreerdp ", "/p:", Joined: true, OnlyJoined: true),
        new("docker login", "-p"),
        new("podman login", "-p"),
        new("helm registry login", "-p"),
        new("oc login", "-p"),
        new("az login", "-p"),
        new("mongo", "-p"),
        new("mongosh", "-p"),
        new("mongodump", "-p"),
        new("mongorestore", "-p"),
        new("rdesktop", "-p"),
        new("redis-cli", "-a"),
        new("ldapsearch", "-w"),
        new("ldapmodify", "-w"),
        new("ldapadd", "-w"),
        new("sqlcmd", "-P"),
        new("bcp ", "-P"),
        new("unzip ", "-P"),
        new("zip ", "-P"),
        new("ipmitool", "-P"),
        new("mosquitto_pub", "-P"),
        new("mosquitto_sub", "-P"),
        new("snmpget", "-c"),
        new("snmpwalk", "-c"),
        new("snmpset", "-c"),
        new("smbclient", "-U", Separator: '%'),
        new("lftp ", "-u", Separator: ','),
        new("curl", "-u", Separator: ':'),
        new("curl", "--user", Separator: ':'),
        new("curl", "--proxy-user", Separator: ':'),
        new("curl", "-U", Separator: ':'),
        new("http ", "-a", Separator: ':'),
        new("ConvertTo-SecureString", "-String"),
    ];

    // Programs that take the password as its own word, counted from one; in sqlplus app/SECRET@db it is a part of one.
    private static readonly Positional[] s_positional =
    [
        new("add_user ", 2), new("change_password ", 2), new("net user ", 2), new("htpasswd -b ", 3), new("htpasswd -bc ", 3),
            new("vault login ", 1), new("isql ", 3),
        new("sqlplus ", 1, '/', '@'), new("impdp ", 1, '/', '@'), new("expdp ", 1, '/', '@'), new("sqlldr ", 1, '/', '@'),
            new("rman target ", 1, '/', '@'),
    ];

    private static readonly string[] s_standardInput =
        ["--password-stdin", "sudo -S", "passwd --stdin", "chpasswd", "--pass-stdin", "-passin stdin"];

    private static readonly int s_secureString = s_commands.Length + s_positional.Length;

    public override IReadOnlyList<Literal> Literals { get; } =
    [
        .. s_commands.Select(c => new Literal(c.Program, LiteralStart.AtBoundary)),
        .. s_positional.Select(p => new Literal(p.Program, LiteralStart.AtBoundary)),
        new("ConvertTo-SecureString ", LiteralStart.AtBoundary), new("pass:", LiteralStart.AtBoundary),
            new("echo ", LiteralStart.AtBoundary),
    ];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        var line = text[..Boundary.LineEnd(text, at, MaxCommand)];
        var start = at + Literals[literal].Text.Length;
        if (literal < s_commands.Length)
        {
            MatchOption(line, at, s_commands[literal], findings);
            return;
        }

        var known = findings.Count;
        if (literal < s_secureString)
        {
            // A finding may be several words of a line or a part of one, and its placeholder is a word.
            findings.Doubt(at, line.Length);
            MatchPositional(line, start, s_positional[literal - s_commands.Length], findings);
        }
        else if (literal == s_secureString)
        {
            MatchSecureString(line, start, findings);
        }
        else if (literal > s_secureString + 1)
        {
            MatchEcho(line, start, findings);
        }
        else if (IsOpenSsl(line[..at]))
        {
            var value = ValueSpan.At(line, Math.Min(start, line.Length));
            Add(line, value.Start, value.End, SecretValue.Counts(line[value.Start..value.End], NameStrength.Password, value.Quoted),
                findings);
        }

        findings.DoubtUnlessFound(known, at, line.Length);
    }

    private static void MatchOption(ReadOnlySpan<char> line, int at, Command command, FindingList findings)
    {
        var from = at + command.Program.Length;
        while (from < line.Length && line[from..].IndexOf(command.Option, StringComparison.Ordinal) is var found and >= 0)
        {
            var option = from + found;
            var start = option + command.Option.Length;
            from = start;
            if (line[option - 1] is not (' ' or '"' or '\'' or '[' or ',') || start >= line.Length)
            {
                continue;
            }

            var separated = line[start] is ' ' or '=' || (line[start] is '"' or '\'' && !command.Joined);
            if (separated ? command.OnlyJoined : !command.Joined && (command.Separator == '\0' || command.Option.Length != 2))
            {
                continue;
            }

            while (start < line.Length && line[start] is ' ' or '=')
            {
                start++;
            }

            // A JSON list of arguments: ["-u", "user:secret"].
            if (start + 2 < line.Length && line[start] is '"' or '\'' && line[start + 1] is ',' or ' ')
            {
                start += 1 + Alphabets.Run(line, start + 1, Alphabets.ListGap, 4);
            }

            AddArgument(line, start, command, findings);
            return;
        }
    }

    private static void AddArgument(ReadOnlySpan<char> line, int start, Command command, FindingList findings)
    {
        if (start >= line.Length || line[start] == '-')
        {
            return;
        }

        var value = ValueSpan.At(line, start);
        var from = value.Start;
        if (command.Separator != '\0')
        {
            var separator = line[value.Start..value.End].IndexOf(command.Separator);
            if (separator < 0)
            {
                findings.Doubt(start, value.End + 1);
                return;
            }

            from = value.Start + separator + 1;
        }

        Add(line, from, value.End, SecretValue.Counts(line[from..value.End], NameStrength.Password, quoted: true), findings);
    }

    private static void MatchPositional(ReadOnlySpan<char> line, int start, Positional positional, FindingList findings)
    {
        var word = 0;
        while (start < line.Length)
        {
            NameLink.SkipSpace(line, ref start, 16);
            var value = ValueSpan.At(line, Math.Min(start, line.Length));
            if (value.End <= start || line[start] == '|')
            {
                return;
            }

            word += line[start] is '-' or '/' ? 0 : 1;
            if (word == positional.Word)
            {
                AddWord(line, value, positional, findings);
                return;
            }

            start = value.End + (value.Quoted ? 1 : 0);
        }
    }

    private static void AddWord(ReadOnlySpan<char> line, ValueSpan value, Positional positional, FindingList findings)
    {
        var from = value.Start;
        var end = value.End;
        if (positional.From != '\0')
        {
            var slash = line[from..end].IndexOf(positional.From);
            var sign = line[from..end].IndexOf(positional.To);
            if (slash < 0)
            {
                return;
            }

            end = sign > slash ? from + sign : end;
            from += slash + 1;
        }

        Add(line, from, end, SecretValue.CountsInProse(line[from..end], NameStrength.Password) || SecretValue.IsTelling(line[from..end]),
            findings);
    }

    // ConvertTo-SecureString -AsPlainText -Force "…".
    private static void MatchSecureString(ReadOnlySpan<char> line, int start, FindingList findings)
    {
        while (start < line.Length && line[start] == '-')
        {
            var option = line[start..].IndexOf(' ');
            start = option < 0 ? line.Length : start + option + 1;
        }

        var value = ValueSpan.At(line, Math.Min(start, line.Length));
        var span = line[value.Start..value.End];
        Add(line, value.Start, value.End,
            value.Quoted ? SecretValue.Counts(span, NameStrength.Password, quoted: true)
                : SecretValue.CountsInProse(span, NameStrength.Password), findings);
    }

    // echo "…" | docker login -u ada --password-stdin.
    private static void MatchEcho(ReadOnlySpan<char> line, int start, FindingList findings)
    {
        var value = ValueSpan.At(line, Math.Min(start, line.Length));
        var pipe = line[value.End..].IndexOf('|');
        var program = pipe < 0 ? default : line[(value.End + pipe)..];
        foreach (var option in s_standardInput)
        {
            if (program.Contains(option, StringComparison.Ordinal))
            {
                var colon = option == "chpasswd" ? line[value.Start..value.End].IndexOf(':') + 1 : 0;
                Add(line, value.Start + colon, value.End,
                    SecretValue.Counts(line[(value.Start + colon)..value.End], NameStrength.Password, quoted: true), findings);
                return;
            }
        }
    }

    // openssl -passin "pass:…", -passout pass:….
    private static bool IsOpenSsl(ReadOnlySpan<char> before)
    {
        before = before[Math.Max(0, before.Length - 24)..].TrimEnd(" \"'=");
        return before.EndsWith("-passin", StringComparison.Ordinal) || before.EndsWith("-passout", StringComparison.Ordinal)
            || before.EndsWith("-pass", StringComparison.Ordinal) || before.EndsWith("-k", StringComparison.Ordinal);
    }

    private static void Add(ReadOnlySpan<char> line, int start, int end, bool counts, FindingList findings)
    {
        if (counts && start < end && end <= line.Length)
        {
            findings.Add(FindingTypes.Password, start, end, Confidence);
        }
        else
        {
            findings.Doubt(start, end + 1);
        }
    }

    private readonly record struct Command(string Program, string Option, bool Joined = false, bool OnlyJoined = false, char Separator =
        '\0');

    private readonly record struct Positional(string Program, int Word, char From = '\0', char To = '\0');
}
