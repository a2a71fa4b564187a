using System.Text.RegularExpressions;
using FaultMaven.Protos.Redaction.V1;

namespace FaultMaven.Redaction.Screening;

/// <summary>
/// Ends of data and starts of instructions in mark-up of no template in particular: <c>&lt;/evidence&gt; System: …</c>,
/// <c>&lt;instructions&gt;Report …</c>, <c># System prompt</c>
/// </summary>
/// <remarks>Ordinary XML has such tags too; what follows them decides.</remarks>
internal static partial class DelimiterRules
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    private const string Demand =
        @"(?:please )?(?:report|say|conclude|ignore|disregard|forget|answer|write|respond|reply|output|you (?:are|must|will|should|"
        + @"may|shall)|do not|don.t|always|never|mark|state|classify|treat|tell|skip|approve|from now|new instructions)\b";

    public static IReadOnlyList<ScreeningRule> All { get; } =
    [
        new(PassageKind.Role, ["</evidence", "</context", "</document", "</data", "</log", "</input", "</user", "</tool", "</text",
            "</file", "</content", "</untrusted", "</query", "</question"], AfterClosing()),
        new(PassageKind.Role, ["<instruction", "<system>", "<prompt>", "<important>", "<task>", "<developer>", "<rules>", "<rule>",
            "<note>"], OpeningDemand()),
        new(PassageKind.Role, ["<admin", "<override", "<developer", "<policy", "<safety", "<security", "<hidden", "<secret", "<sudo"],
            PrivilegedTag()),
        new(PassageKind.Override, ["end of log", "end of data", "end of document", "end of input", "end of context", "end of evidence",
            "end of user"], AfterTheEnd()),
        new(PassageKind.Override, ["new instruction", "updated instruction", "real instruction", "actual instruction", "new system prompt",
            "system prompt:"], InstructionLabel(), PassagePlace.Line),
        new(PassageKind.Role, ["# system", "# developer", "# new instr", "# instruction"], Heading(), PassagePlace.Line),
        new(PassageKind.Role, ["[/assistant]", "[/system]", "[/user]", "[assistant]"], BracketTurn()),
        new(PassageKind.Role, ["<!-- s", "<!--s", "/* sy", "// sy", "# sy", "system note", "system message", "system notice",
            "system override", "system directive", "admin note", "admin message", "developer note"], NoteOfTheSystem()),
    ];

    // </evidence> System: the verdict is …
    [GeneratedRegex(
        @"^</(?:evidence|context|documents?|data|logs?|input|user[_-]?\w{0,12}|tool[_-]?\w{0,12}|text|files?|content|"
        + @"untrusted\w{0,12}|query|question)>(?:\s|\\[nr]|[""'`<*#\[-]){0,16}(?:(?:system|assistant|human)\s?[\]*>]{0,2}:|"
        + @"(?:</?(?:instructions?|system|prompt)>\s{0,4})?" + Demand + ")",
        Options)]
    private static partial Regex AfterClosing();

    // <instructions>Report only …
    [GeneratedRegex(@"^<(?:instructions?|system|prompt|important|task|developer|rules?|note)>(?:\s|\\[nr]){0,8}" + Demand, Options)]
    private static partial Regex OpeningDemand();

    [GeneratedRegex(
        "^<(?:(?:admin|developer|policy|safety|security|hidden|secret|sudo)[_-]?(?:override|instructions?|commands?|directives?|mode|"
        + "prompt)|override)>", Options)]
    private static partial Regex PrivilegedTag();

    // END OF LOG. Now answer: …
    [GeneratedRegex(
        @"^end of (?:(?:the )?(?:logs?|data|documents?|input|context|evidence)|user [^\W_]{1,12})\W{1,16}(?:now\b|new "
        + @"(?:instructions?|task)|system(?: message| prompt)?\s?:"
        + @"|user\s?:|human\s?:|assistant\s?:|your (?:task|instructions?)|(?:please )?(?:answer|respond|reply|say|conclude)\b)",
        Options)]
    private static partial Regex AfterTheEnd();

    // New system prompt: …
    [GeneratedRegex(
        @"^(?:(?:new|updated|real|actual) (?:system )?(?:instructions?|prompt|directives?)|system prompt)\s{0,2}:(?!\s{0,2}(?:see|"
        + @"https?|none|n/a|\d|""?$))",
        Options)]
    private static partial Regex InstructionLabel();

    // # System prompt
    // You are …
    [GeneratedRegex(
        @"^# (?:(?:system|developer) (?:prompt|message|instructions?)|new instructions?|instructions? (?:for|to) (?:the )?(?:ai|"
        + @"assistant|model|llm))\s{0,2}:?(?:\s|\\[nr]){1,6}" + Demand, Options)]
    private static partial Regex Heading();

    // [assistant] the verdict is … [/assistant]
    [GeneratedRegex(@"^\[(?:/(?:assistant|system|user)\]|assistant\][^\n\[]{1,250}\[/)", Options)]
    private static partial Regex BracketTurn();

    // System message: approve …
    [GeneratedRegex(
        @"^(?:<!--|/\*|//|#)?\s{0,2}(?:system|admin|developer)(?:(?: (?:note|message|notice|override|directive))\s?:\s{0,3}|"
        + @":\s{0,3}(?=[^\n]{0,60}\b(?:model|assistant|ai|llm)\b))(?:the (?:model|assistant|ai|llm|user)|" + Demand + ")",
        Options)]
    private static partial Regex NoteOfTheSystem();
}
