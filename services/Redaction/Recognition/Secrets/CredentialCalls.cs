namespace FaultMaven.Redaction.Recognition.Secrets;

/// <summary>
/// Passwords that are known by their place alone: <c>auth=("ada", "…")</c>, <c>new NetworkCredential("ada", "…")</c>,
/// <c>DriverManager.getConnection(url, "ada", "…")</c>, <c>IDENTIFIED BY '…'</c>, <c>snmp-server community …</c>.
/// </summary>
internal sealed class CredentialCalls : Recognizer
{
    private const int MaxCall = 512;
    private const int MaxArguments = 4;
    private const double Confidence = 0.85;

    // Calls and pairs with the place of the password among their arguments.
    private static readonly (string Text, int Place)[] s_calls =
    [
        ("BasicAuth(", 1), ("basic_auth(", 1), ("BasicAuthentication(", 1), ("BasicCredentials(", 1), ("NetworkCredential(", 1),
            ("PasswordCredentials(", 1), ("PasswordCredential(", 1),
        ("PasswordAuthentication(", 1), ("PasswordAuthenticationToken(", 1), ("UsernamePasswordToken(", 1), ("PlainAuth(", 2),
            ("getConnection(", 2), ("auth=(", 1), ("auth = (", 1), ("auth: (", 1),
        ("\"auth\": (", 1), ("\"auth\": [", 1), ("'auth': (", 1), ("'auth': [", 1),
    ];

    // Words of configurations and statements, behind which the secret is the next word.
    private static readonly string[] s_statements =
        ["identified by ", "identified with mysql_native_password by ", "snmp-server community ", "wpa-psk ascii ", "encrypted password "];

    public override IReadOnlyList<Literal> Literals { get; } =
        [.. s_calls.Select(call => new Literal(call.Text)),
            .. s_statements.Select(statement => new Literal(statement, LiteralStart.AtBoundary))];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        var known = findings.Count;
        var start = at + Literals[literal].Text.Length;
        var line = text[..Boundary.LineEnd(text, start, MaxCall)];
        MatchLine(line, start, literal, findings);
        findings.DoubtUnlessFound(known, at, line.Length);
    }

    private static void MatchLine(ReadOnlySpan<char> line, int start, int literal, FindingList findings)
    {
        if (literal >= s_calls.Length)
        {
            var statement = ValueSpan.At(line, Math.Min(start, line.Length));
            Add(line, statement, findings);
            return;
        }

        for (var argument = 0; argument < MaxArguments && start < line.Length; argument++)
        {
            NameLink.SkipSpace(line, ref start, 8);
            var value = ValueSpan.At(line, start);
            if (argument == s_calls[literal].Place)
            {
                if (value.Quoted)
                {
                    Add(line, value, findings);
                }

                return;
            }

            var next = line[value.End..].IndexOf(',');
            if (next < 0)
            {
                return;
            }

            start = value.End + next + 1;
        }
    }

    private static void Add(ReadOnlySpan<char> line, ValueSpan value, FindingList findings)
    {
        if (SecretValue.Counts(line[value.Start..value.End], NameStrength.Password, value.Quoted))
        {
            findings.Add(FindingTypes.Password, value.Start, value.End, Confidence);
        }
    }
}
