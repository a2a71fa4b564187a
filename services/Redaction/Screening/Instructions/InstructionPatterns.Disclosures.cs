namespace FaultMaven.Redaction.Screening.Instructions;

internal static partial class InstructionPatterns
{
    // Reveal the prompt or secrets.
    private static readonly string[] s_disclosures =
    [
        "^Show 5 system|hidden|initial|secret|internal|developer|original 1 prompt|message|instructions - settings|template|file|"
        + "field|config",
        "^Show 5 Your 2 Rules",
        "^Show 5 Your first|system|opening|very 1 message|instruction|prompt|words",
        "^Show 5 Rules|prompt|message|configuration 1 that 1 you 2 Told|have|were|got|been",
        "^Show 3 word for word",
        "^Show 3 prompt|prompts|instrucciones|indicaciones|instructions|consignes 2 sistema|systeme|system",
        "^what were|are|was|is Your 2 initial|original|hidden|system|secret 1 Rules",
        "^Show 6 verbatim",
        "what 4 Your 2 Rules|prompt 1 say|says|contain|contains|tell",
        "^Show 5 Your context|prompt|memory|rules|instructions",
        "what 3 Rules|RulesWeak you 1 were|are|have 2 Told|following",
        "^Show how you 1 were|are 2 configured|Told|programmed|trained",
        "^Show 4 Secrets you 1 use|have|hold|know",
        "^Show 4 Your context window|memory",
        "^Show 4 rule|rules|instruction|instructions 4 Your 1 prompt|configuration|context|memory|instructions",
        "^Show 3 Everything|text|words|prompt|instructions|message 3 you 2 were|have|are 2 Told|been",
        "^Show 3 Rules|text|words|message|prompt|everything 2 above|before 3 verbatim|word|exactly|this|line|in|starting",
        "^Show 6 Rules|rules|prompt 6 verbatim",
        "^translate|summarize|summarise|paraphrase|encode|convert|rephrase 2 Your 2 Rules|message|prompt",
        "^begin|start|end|prefix|open|preface Your 1 Answer 3 with 6 Rules|prompt|message",
        "^what 1 were|are|was|is 2 you|Your 2 told|instructed|Rules|prompt 6 conversation|start|beginning|before|initially|first|"
        + "verbatim|now",
        "what|which 1 instructions|rules|prompt|directives 2 were|have|are|did 1 you 1 given|been|told|following|receive",
        "^Show 4 Secrets 4 you 2 access|know|have|see|hold|seen",
        "^Show 3 Your 2 Secrets - expired|reset",
        "^Show 2 Your|твой|свой 2 Rules",
        "Your 1 Rules 2 Show",
        "^Show Your 1 Rules|prompt",
        "Rules 1 を 1 Show",
        "システムプロンプト 2 Show",
    ];

    // Send data out.
    private static readonly string[] s_exfiltrations =
    [
        "^Carry 4 Private|findings|memory|notes 8 http|https|webhook|email",
        "^Carry 8 Private|memory 8 Sink",
        "^embed|append|encode 6 in|into|to this|a link|url|image|hyperlink",
        "^collect|gather|find|take|extract 3 Secrets 6 send|post|forward|upload them|it|everything",
        "^put 5 in|into 1 the|a|this url|link 12 image|show|render|display",
        "ask 2 user 2 for 2 Secrets 6 include|send|put|return|forward|write",
        "^Carry 4 what|everything|all 1 you 1 know|knows|learned|learnt|see|have 10 Sink",
        "^Carry 4 Secrets 4 you 3 seen|found|know|have 8 Sink",
        "^render|make|create|generate|insert|add|build|embed|write|output 3 image|link|hyperlink|url|pixel 6 whose|containing|"
        + "contains|with|including|that 6 Private|question|secret|secrets|evidence|data|keys|prompt|answer",
        "^make|create|render|generate|insert|add 3 hyperlink|link|image 12 followed by",
        "^include|put|leak|list|write|add|paste|embed|print|show|reveal|attach|append 6 Secrets 6 in|into|to 2 your|final 1 Answer",
        "^Show 3 Earlier 1 messages|conversation|chat|turns 3 summary|answer|reply|report|response|field",
        "^copy|paste|put|write 2 Earlier 1 messages|conversation|chat 4 summary|answer|reply|report|response|field",
        "^exfiltrate|smuggle 8 through|via|to|using|in|into|out",
        "^fetch|open|visit|read|download|load|get|browse|retrieve 12 do|execute|obey|follow 1 what|whatever|everything 2 it|they|"
        + "there|that 1 says|say|tells|contains",
        "^download|fetch|get|open|visit|load 1 and follow|execute|obey|run 3 instructions|commands 1 at|from|in|on",
        "^encode 6 Private|history|secrets|credentials|keys|evidence|answer 8 Sink|append",
    ];
}
