namespace FaultMaven.Redaction.Screening.Instructions;

/// <summary>
/// The words that patterns of instructions consist of, in lower case and without accents. A word may be in several classes.
/// </summary>
internal static partial class WordClasses
{
    /// <summary>Classes whose words are known with a typing error in them.</summary>
    public static IReadOnlySet<string> OftenMisspelt { get; } = new HashSet<string> { "Drop", "Earlier", "Rules" };

    /// <summary>Trigger words, anywhere in a word: an instruction to a model has one of them, and a log has few.</summary>
    public static IReadOnlyList<string> Telling { get; } =
    [
        "instruct", "1nstruct", "prompt", "pr0mpt", "ignoreall", "guideline", "disregard", "unrestricted", "unfiltered", "uncensored",
        "jailbreak",
        .. Elsewhere.Telling,
    ];

    /// <summary>Trigger words, or how they start, where a word starts.</summary>
    public static IReadOnlyList<string> TellingStarts { get; } =
    [
        "ignor", "1gn0r", "ign0r", "disreg", "d1sreg", "forget", "f0rget", "overrul", "overrides every", "supersede", "nevermind",
        "never mind", "directive", "guidance", "preceding", "your ", "y0ur ", "you ", "you'", "youre ", "you\u2019",
        "do not ", "don't ", "don\u2019t ", "dont ", "never ", "without ", "obey", "comply", "adhere", "skip all", "drop all",
        "previous rule", "earlier rule", "prior rule", "all rules", "the rules", "prior guidance",
        "pretend", "roleplay", "role-play", "persona", "henceforth", "from now", "from here", "from this", "in character", "act as",
        "no limits", "no restrictions", "no rules", "no filter", "dan mode", "god mode", "developer mode", "debug mode", "assume the",
        "simulate a",
        "assistant", "llm", "ai ", "ai:", "ai,", "ai-", "ais ", "chatgpt", "gpt", "claude", "copilot", "gemini", "chatbot",
        "language model", "the model", "any model", "a model", "summari", "analyst", "automated",
        "the user", "the operator", "the conversation", "chat history", "conversation history", "system message", "everything ",
        "verbatim", "word for word", "hyperlink", "exfiltrat", "environment variables", "api keys", "the secrets", "credentials",
        "silently", "secretly", "quietly", "covertly", "permanent memory", "as a memory", "to memory", "known as", "role of", "persona",
        "switch to", "resolve this", "mark this", "word for word", "constraints are", "rules are", "rule you", "no circumstances",
        "expert who", "reader", "on behalf", "behalf", "auto-approve", "automatically", "any command", "no need to", "knowledge base",
        "all future", "future conv", "a memory", "anyone who", "human approval", "confirmation",
        "conclude", "report that", "state that", "say that", "say ", "answer that", "answer:", "reply", "respond ", "summary", "verdict",
        "root cause", "nothing else", "no other", "healthy", "all clear", "false positive", "no incident", "no issue", "no problem",
        "no error", "no anomal", "blame",
        "whatever", "regardless", "this case", "this incident", "this ticket", "this file", "this document", "this text", "the case",
        "investigate", "harmless", "benign", "confidence", "analysis", "omit ", "the report", "the summary", "final answer", "call the",
        "use the", "invoke the", "the tool", "do what ", "it says", "the opposite", "rules you", "keys you", "tokens from", "bot,",
        "no policy", "keep quiet", "a ia", "ki-", "an ki", "ki,", "nobody needs", "forever", "a success", "successful and", "fake",
        "essential that", "cause you", "turn off", "throw away", "pay no ", "no attention", "upgraded", "freed from", "in the voice",
        "as the ", "speak as", "answer as", "play a ", "want you", "for the rest", "for the remainder", "findings", "case notes",
        "this link", "tell no", "please write", "please say", "if asked", "when asked", "shall state", "should say", "must say",
        "must state", "this hypothesis", "remaining lines", "no confirmation", "your", "answer is", "correct answer", "rules are",
    ];

    /// <summary>All classes.</summary>
    public static IEnumerable<(string Name, string[] Words)> All =>
        s_english.Concat(Elsewhere.Classes)
            .Select(entry => (entry.Name, entry.Words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));

    private static readonly (string Name, string Words)[] s_english =
    [
        // What comes before a demand without changing it.
        ("Lead",
            "please kindly now then and just simply immediately instead always first also so but pls you hereby next or should must may "
            + "dois devez debes debe deve deves devi dovete musst mussen sollst"),
        ("Not", "not dont never no cannot cant wont mustnt shouldnt without neither nor nobody isnt arent wasnt doesnt didnt hasnt havent"),
        ("Condition", "if when once unless until whenever where because"),
        ("Must", "must shall should will has have needs need ought required"),

        // Demands to drop something, and that it is dropped.
        ("Drop", "ignore disregard forget override overrule bypass discard neglect circumvent disobey nevermind unlearn ignoreall"),
        ("DropWeak",
            "skip drop cancel dismiss abandon scrap erase delete remove revoke suspend ditch violate break disregard reject void "
            + "overlook evade sidestep lift"),
        ("Outranks", "overrides supersedes supersede replaces outranks trumps override replace overrule overrules precedence"),
        ("Dropped",
            "void revoked cancelled canceled superseded obsolete invalid replaced overridden overriden null disregarded forgotten "
            + "lifted withdrawn annulled rescinded nullified irrelevant expired suspended disabled ignored dropped removed scrapped "
            + "outdated mistake off gone over wrong fake"),
        ("Binding", "apply applies binding valid count counts matter matters hold relevant bind binds"),
        ("Maker", "developer developers operator operators creator creators maker makers vendor programmers system admins owner"),
        ("Follow", "follow obey heed respect adhere comply honor honour listen observe abide stick keep apply use"),

        ("Earlier",
            "previous prior above earlier preceding foregoing former initial original prev previously existing beforehand past antecedent"),
        ("Your", "your ur"),
        ("You", "you youre yourself u youve"),
        ("Told",
            "told given received provided instructed configured learned learnt taught said stated written ordered trained assigned "
            + "programmed briefed set supplied handed fed heard shown loaded asked got gotten initialised initialized"),
        ("Everything", "everything anything all whatever what any whichever that every"),

        // What a model goes by: seldom anything else, and what others go by as well.
        ("Rules",
            "instructions instruction directives directive guidelines guideline prompt prompts guardrails guardrail programming "
            + "safeguards"),
        ("RulesWeak",
            "rules rule orders commands constraints constraint restrictions policy policies directions direction guidance objective "
            + "objectives task context conversation training briefing goal goals mission limits limitations brief boundaries protocol "
            + "protocols message messages request requests"),
        ("Technical", "cache pointer fetch count decode buffer cycle stream pipeline template step handler register"),
        ("Point", "point line message text note log sentence paragraph document file page entry prompt moment"),

        // Other selves.
        ("Play",
            "act behave pretend roleplay imagine simulate impersonate become respond answer speak reply operate function play write "
            + "talk be serve"),
        ("Unbound", "unrestricted unfiltered uncensored jailbroken unlimited unconstrained unchained amoral limitless unshackled dan"),
        ("Limits",
            "limits limit restrictions restriction limitations filters filter guidelines constraints censorship ethics ethical norms "
            + "moral morals boundaries safeguards guardrails rules policy policies safety"),
        ("Free", "without no zero free lacking avoid ignores ignoring beyond any off disabled"),
        ("Mode", "mode"),
        ("ModeName",
            "developer dan jailbreak god unrestricted unfiltered uncensored admin sudo opposite evil chaos debug maintenance root"),

        // Machines that read.
        ("Machine", "ai ais llm llms chatgpt gpt gpt4 assistant assistants chatbot chatbots copilot agi"),
        ("Named", "claude gemini bard llama mistral deepseek grok gpt chatgpt copilot faultmaven"),
        ("Model",
            "model models agent agents bot bots analyst analysts summarizer summariser summarizers analyzer analyser reviewer "
            + "reviewers reader readers system systems engine crawler crawlers machine machines robot robots program"),
        ("Position",
            "role manager team teams director service services engineer engineers platform gateway outage api server registry version "
            + "workload workloads training professor editor store cluster pod deployment endpoint endpoints app application feature "
            + "product vendor traffic bill budget dashboard usage cost costs quota latency integration repo repository container "
            + "namespace user owner owners"),
        ("Reading",
            "reading reads read processing process processes parsing parse parses ingesting ingests ingest analyzing analysing "
            + "analyzes analyses reviewing reviews review handling handles summarizing summarising summarizes summarises seeing sees "
            + "consuming evaluating evaluates investigating looking that who scanning triaging"),
        ("ReadingNow",
            "summarizing summarising analyzing analysing reviewing answering investigating processing reading responding replying "
            + "summarize summarise analyze analyse evaluating triaging diagnosing"),

        // What is said, and of what.
        ("Say", "say state report conclude answer respond reply claim tell write output print declare insist return pretend assert "
            + "announce mention assume"),
        ("SayOnly", "say answer reply respond output print write return"),
        ("Answer",
            "answer reply response summary report analysis conclusion output verdict diagnosis findings assessment rca postmortem review"),
        ("YourWork", "analysis conclusion verdict diagnosis summary answer response findings assessment investigation reply"),
        ("Good", "healthy benign harmless resolved nominal fine successful irrelevant operational passing clean green approved unaffected"),
        ("Bad", "issue issues error errors problem problems incident incidents fault faults failure failures anomalies anomaly impact "
            + "findings outage outages crash crashes kill kills exception exceptions alert alerts evidence warning warnings oom root "
            + "cause"),
        ("Thing", "incident case ticket alert issue file log document evidence hypothesis outage error errors lines line report finding"),

        // What is given away, and where to.
        ("Show",
            "reveal print show repeat output display tell give leak disclose dump expose list quote recite state translate summarize "
            + "summarise paraphrase copy write include echo return share provide spell encode convert read divulge describe enumerate "
            + "send reproduce type paste return"),
        ("Secrets", "secrets secret credentials credential passwords password keys tokens token variables env"),
        ("Private", "conversation conversations chat transcript dialogue dialog"),
        ("Carry",
            "send post forward upload exfiltrate transmit email mail deliver leak append embed encode put include render insert "
            + "smuggle attach pass transfer submit"),
        ("Sink", "http https url urls link hyperlink image webhook dns query parameter parameters endpoint markdown"),

        // What is done, and behind whose back.
        ("Do", "run execute call invoke apply approve restart delete close grant transfer change modify merge deploy send update "
            + "perform proceed continue do start stop disable mark set remove create add accept"),
        ("Tool", "tool tools function functions plugin plugins"),
        ("Person", "user users operator operators human humans anyone them anybody administrator engineer owner analyst"),
        ("Secretly", "silently secretly quietly covertly unnoticed"),
        ("Consent", "approval confirmation consent permission review authorization authorisation oversight"),
    ];
}
