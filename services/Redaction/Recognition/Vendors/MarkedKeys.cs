namespace FaultMaven.Redaction.Recognition.Vendors;

/// <summary>Credentials whose mark is inside: a fixed piece after characters that vary.</summary>
internal sealed class MarkedKeys : Recognizer
{
    private const int AzureClientSecret = 0;
    private const int AzureKey = 1;
    private const int Terraform = 2;
    private const int Telegram = 3;
    private const int Mailchimp = 4;
    private const int SharedSignature = 5;
    private const int Salesforce = 6;
    private const int Firebase = 7;
    private const int FirstAzure = 8;

    private const int LongestCode = 44;

    // Microsoft's common annotated keys: a mark of the service after so many random characters, then a checksum and padding.
    private static readonly (string Mark, int Before)[] s_azure =
    [
        ("+ASt", 76), ("ACDb", 76), ("+ABa", 76), ("AzFu", 44), ("AzSe", 42), ("+ACR", 42), ("AIoT", 33), ("+ASb", 33), ("+AEh", 33),
            ("+ARm", 33), ("AzCa", 33),
    ];

    private static readonly int s_firstDigit = FirstAzure + s_azure.Length;

    // Base64 of a number starts with a digit's high bits and the next one's: M, N or O, then D, T, j or z.
    private static readonly string[] s_digits = ["MD", "MT", "Mj", "Mz", "ND", "NT", "Nj", "Nz", "OD", "OT"];

    public override IReadOnlyList<Literal> Literals { get; } =
    [
        Exact("Q~"), Exact("JQQJ99"), Exact(".atlasv1."), Exact(":AA"), Exact("-us"), new("sig=", LiteralStart.AtBoundary),
        Exact("!A"), Exact(":APA91b"), .. s_azure.Select(key => Exact(key.Mark)), .. s_digits.Select(digits => Literal.Exact(digits)),
    ];

    public override void Match(ReadOnlySpan<char> text, int at, int literal, FindingList findings)
    {
        switch (literal)
        {
            // Microsoft Entra client secrets: three characters, a digit, "Q~", 31 to 34 more.
            case AzureClientSecret:
                Around(text, at, "Q~", (Alphabets.ClientSecret, 4, 4), (Alphabets.ClientSecret, 31, 34), "AZURE_CLIENT_SECRET", findings);
                break;

            // Common annotated security keys of Azure: a fixed signature inside 84 characters.
            case AzureKey:
                Around(text, at, "JQQJ99", (Alphabets.Alphanumeric, 40, 80), (Alphabets.Base64, 20, 60), "AZURE_KEY", findings);
                break;
            case Terraform:
                Around(text, at, ".atlasv1.", (Alphabets.Alphanumeric, 14, 14), (Alphabets.Base64Url, 60, 70), "TERRAFORM_TOKEN", findings);
                break;
            case Telegram:
                Around(text, at, ":AA", (Alphabets.Digits, 8, 10), (Alphabets.Base64Url, 33, 33), "TELEGRAM_TOKEN", findings);
                break;
            case Mailchimp:
                Around(text, at, "-us", (Alphabets.LowerHex, 32, 32), (Alphabets.Digits, 1, 2), "MAILCHIMP_KEY", findings);
                break;
            case SharedSignature:
                MatchSharedSignature(text, at, findings);
                break;
            // Salesforce: the organisation's id, "!", the session.
            case Salesforce when text[Math.Max(0, at - 15)..at].Contains("00D", StringComparison.Ordinal):
                Around(text, at, "!A", (Alphabets.Alphanumeric, 12, 18), (Alphabets.Base64UrlDotted, 40, 200), "SALESFORCE_TOKEN",
                    findings);
                break;
            case Firebase:
                Around(text, at, ":APA91b", (Alphabets.Base64Url, 11, 24), (Alphabets.Base64Url, 120, 200), "FIREBASE_KEY", findings);
                break;
            case >= FirstAzure when literal < s_firstDigit:
                var (mark, before) = s_azure[literal - FirstAzure];
                Around(text, at, mark, (Alphabets.Base64, before, before), (Alphabets.Base64, 6, 10), "AZURE_KEY", findings);
                break;
            case >= FirstAzure:
                MatchNumbered(text, at, findings);
                break;
        }
    }

    public override CharacterPatterns CharacterPatterns => CharacterPatterns.LongWord;

    // Bot tokens of Discord: base64 of an id of 17 to 20 digits (so it starts with M, N or O), a time, an HMAC.
    public override void MatchPattern(ReadOnlySpan<char> text, int at, CharacterPatterns pattern, FindingList findings)
    {
        if (text[at] is not ('M' or 'N' or 'O'))
        {
            return;
        }

        var id = Alphabets.Run(text, at, Alphabets.Base64Url, 29);
        var time = at + id + 1;
        if (id is < 23 or > 28 || time >= text.Length || text[time - 1] != '.' || Alphabets.Run(text, time, Alphabets.Base64Url, 7) != 6)
        {
            findings.Doubt(at, at + id);
            return;
        }

        var code = time + 7;
        if (code < text.Length && text[code - 1] == '.'
            && Alphabets.Run(text, code, Alphabets.Base64Url, LongestCode + 1) is >= 27 and <= LongestCode and var length)
        {
            findings.Add("DISCORD_TOKEN", at, code + length, 0.97);
        }
        else
        {
            findings.Doubt(at, Math.Min(text.Length, code + LongestCode));
        }
    }

    private static Literal Exact(string mark) => Literal.Exact(mark, LiteralStart.Anywhere);

    private static void Around(
        ReadOnlySpan<char> text,
        int at,
        string mark,
        (System.Buffers.SearchValues<char> Alphabet, int Min, int Max) before,
        (System.Buffers.SearchValues<char> Alphabet, int Min, int Max) after,
        string type,
        FindingList findings)
    {
        var left = LeftOf(text, at, before.Alphabet, before.Min, before.Max);
        var start = at + mark.Length;
        findings.Doubt(at - left, start + Alphabets.Run(text, start, after.Alphabet, after.Max + 2));
        var right = text.Slice(start, Alphabets.Run(text, start, after.Alphabet, after.Max + 2)).TrimEnd(".-").Length;
        if (left == 0 || right < after.Min || right > after.Max)
        {
            return;
        }

        if (type == "AZURE_CLIENT_SECRET" && !char.IsAsciiDigit(text[at - 1]))
        {
            return;
        }

        findings.Add(type, at - left, start + right, 0.97);
    }

    // The longest part before a mark that starts where a word may; an escape may be right before it.
    private static int LeftOf(ReadOnlySpan<char> text, int at, System.Buffers.SearchValues<char> alphabet, int min, int max)
    {
        var left = Math.Min(max, Alphabets.RunBefore(text, at, alphabet, max));
        while (left >= min && !Boundary.Before(text, at - left))
        {
            left--;
        }

        if (left < at && text[at - left - 1] == '\\' && text[at - left] is 'n' or 'r' or 't')
        {
            left--;
        }
        else if (left < at && text[at - left - 1] == '%')
        {
            left -= 2;
        }

        return left >= min ? left : 0;
    }

    // Azure shared access signatures: …&sv=2024-11-04&sig=<base64 of an HMAC-SHA256, URL-encoded>.
    private static void MatchSharedSignature(ReadOnlySpan<char> text, int at, FindingList findings)
    {
        var start = at + "sig=".Length;
        var length = Alphabets.Run(text, start, Alphabets.Token, 120);
        if (length >= 40)
        {
            findings.Add("AZURE_SAS", start, start + length, 0.95);
        }
        else
        {
            findings.Doubt(at, start + length);
        }
    }

    // Personal access tokens of Jira and Confluence: base64 of an id in digits, ":", 20 bytes.
    private static void MatchNumbered(ReadOnlySpan<char> text, int at, FindingList findings)
    {
        const int Length = 44;
        findings.Doubt(at, at + Length);
        if (at + Length > text.Length || !Alphabets.EncodedDigits.Contains(text[at + 2])
            || Alphabets.Run(text, at, Alphabets.Base64, Length + 1) != Length)
        {
            return;
        }

        Span<char> plain = stackalloc char[Length];
        Span<int> origins = stackalloc int[Length];
        var count = Secrets.Base64Run.Decode(text[..(at + Length)], at, plain, origins, out _);
        var digits = plain[..count].IndexOfAnyExceptInRange('0', '9');
        if (digits >= 6 && plain[digits] == ':')
        {
            findings.Add("JIRA_TOKEN", at, at + Length, 0.95);
        }
    }
}
