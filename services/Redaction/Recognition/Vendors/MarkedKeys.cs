namespace FaultMaven.Redaction.Recognition.Vendors;

/// <summary>Credentials whose mark stands inside: a fixed piece after characters that vary.</summary>
internal sealed class MarkedKeys : Recognizer
{
    private const int AzureClientSecret = 0;
    private const int AzureKey = 1;
    private const int Terraform = 2;
    private const int Telegram = 3;
    private const int Mailchimp = 4;
    private const int SharedSignature = 5;
    private const int Discord = 6;

    public override IReadOnlyList<Literal> Literals { get; } =
    [
        new("Q~"), new("JQQJ99"), new(".atlasv1."), new(":AA"), new("-us"), new("sig=", LiteralStart.AtBoundary), new("."),
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
            case Discord:
                MatchDiscord(text, at, findings);
                break;
        }
    }

    private static void Around(
        ReadOnlySpan<char> text,
        int at,
        string mark,
        (System.Buffers.SearchValues<char> Alphabet, int Min, int Max) before,
        (System.Buffers.SearchValues<char> Alphabet, int Min, int Max) after,
        string type,
        FindingList findings)
    {
        if (!text[at..].StartsWith(mark, StringComparison.Ordinal))
        {
            return;
        }

        var left = Alphabets.RunBefore(text, at, before.Alphabet, before.Max + 1);
        var start = at + mark.Length;
        var right = Alphabets.Run(text, start, after.Alphabet, after.Max + 1);

        // What stands before may run on, as in "secret=abc8Q~…"; what follows may not.
        if (left < before.Min || right < after.Min || right > after.Max || (left > before.Max && before.Alphabet != Alphabets.ClientSecret))
        {
            return;
        }

        if (type == "AZURE_CLIENT_SECRET" && !char.IsAsciiDigit(text[at - 1]))
        {
            return;
        }

        findings.Add(type, at - Math.Min(left, before.Max), start + right, 0.97);
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
    }

    // Bot tokens: base64 of an id of 17 to 20 digits (so it starts with M, N or O), a time, an HMAC.
    private static void MatchDiscord(ReadOnlySpan<char> text, int at, FindingList findings)
    {
        if (at + 34 > text.Length || at < 23 || text[at + 7] != '.' || Alphabets.Run(text, at + 1, Alphabets.Base64Url, 7) != 6)
        {
            return;
        }

        var left = Alphabets.RunBefore(text, at, Alphabets.Base64Url, 29);
        var right = Alphabets.Run(text, at + 8, Alphabets.Base64Url, 45);
        if (left is >= 23 and <= 28 && right is >= 27 and <= 44 && text[at - left] is 'M' or 'N' or 'O')
        {
            findings.Add("DISCORD_TOKEN", at - left, at + 8 + right, 0.97);
        }
    }
}
