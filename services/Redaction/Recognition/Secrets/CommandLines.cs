namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// Passwords behind options that don't say so, after the programs known to take them there: <c>mysql -pSECRET</c>, <c>sshpass -p SECRET</c>,
/// <c>curl -u user:SECRET</c>, <c>redis-cli -a SECRET</c>, <c>ConvertTo-SecureString "SECRET"</c>, <c>openssl -passin pass:SECRET</c>.
/// </summary>
internal sealed class CommandLines : Recognizer
{
    private const int MaxCommand = 1024;

    // Each option counts where it starts a word; the password follows in the same word or the next.
    private static readonly Command[] s_commands =
    [
        new("sshpass", "-p", Joined: true),
        new("mysql", "-p", Joined: true, OnlyJoined: true),
        new("mysqldump", "-p", Joined: true, OnlyJoined: true),
        new("mysqladmin", "-p", Joined: true, OnlyJoined: true),
        new("mariadb", "-p", Joined: true, OnlyJoined: true),
        new("docker login", "-p"),
        new("podman login", "-p"),
        new("oc login", "-p"),
        new("az login", "-p"),
        new("mongo", "-p"),
        new("mongosh", "-p"),
        new("mongodump", "-p"),
        new("redis-cli", "-a"),
        new("ldapsearch", "-w"),
        new("ldapmodify", "-w"),
        new("sqlcmd", "-P"),
        new("smbclient", "-U", AfterColon: true, Separator: '%'),
        new("ipmitool", "-P"),
        new("curl", "-u", AfterColon: true),
        new("curl", "--user", AfterColon: true),
        new("curl", "--proxy-user", AfterColon: true),
        new("curl", "-U", AfterColon: true),
        new("http ", "-a", AfterColon: true),
        new("ConvertTo-SecureString", "-String"),
    ];

    public override IReadOnlyList<Literal> Literals { get; } =
    [
        .. s_commands.Select(c => new Literal(c.Program, LiteralStart.AtBoundary)),
        new("ConvertTo-SecureString ", LiteralStart.AtBoundary), new("pass:", LiteralStart.AtBoundary),
    ];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        var line = text[..Boundary.LineEnd(text, at, MaxCommand)];
        if (literal < s_commands.Length)
        {
            MatchOption(line, at, s_commands[literal], findings);
            return;
        }

        var start = at + Literals[literal].Text.Length;
        var value = ValueSpan.At(line, Math.Min(start, line.Length));
        var isSecureString = literal == s_commands.Length;
        if ((isSecureString ? value.Quoted : IsOpenSsl(line[..at])) && SecretValue.Counts(line[value.Start..value.End], NameStrength.Password, value.Quoted))
        {
            findings.Add(FindingTypes.Password, value.Start, value.End, 0.9);
        }
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
            if (separated ? command.OnlyJoined : !command.Joined && !(command.AfterColon && command.Option.Length == 2))
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

            Add(line, start, command, findings);
            return;
        }
    }

    private static void Add(ReadOnlySpan<char> line, int start, Command command, FindingList findings)
    {
        if (start >= line.Length || line[start] == '-')
        {
            return;
        }

        var value = ValueSpan.At(line, start);
        var from = value.Start;
        if (command.AfterColon)
        {
            var colon = line[value.Start..value.End].IndexOf(command.Separator);
            if (colon < 0)
            {
                return;
            }

            from = value.Start + colon + 1;
        }

        if (SecretValue.Counts(line[from..value.End], NameStrength.Password, quoted: true))
        {
            findings.Add(FindingTypes.Password, from, value.End, 0.9);
        }
    }

    // openssl -passin "pass:…", -passout pass:….
    private static bool IsOpenSsl(ReadOnlySpan<char> before)
    {
        before = before[Math.Max(0, before.Length - 24)..].TrimEnd(" \"'=");
        return before.EndsWith("-passin", StringComparison.Ordinal) || before.EndsWith("-passout", StringComparison.Ordinal)
            || before.EndsWith("-pass", StringComparison.Ordinal) || before.EndsWith("-k", StringComparison.Ordinal);
    }

    private readonly record struct Command(
        string Program, string Option, bool Joined = false, bool OnlyJoined = false, bool AfterColon = false, char Separator = ':');
}
