namespace FaultMaven.Redaction.Screening.Instructions;

internal static partial class InstructionPatterns
{
    // Act without asking.
    private static readonly string[] s_actions =
    [
        "^Do 10 Secretly - Refused",
        "You 1 may|can|should|must|will 1 Do 6 Secretly - Refused",
        "^Do 6 and|then skip|bypass|ignore 2 review|approval|confirmation|check|checks",
        "^resolve|close|approve|merge|dismiss 2 this|the|all|every 1 Thing 1 automatically|immediately|now|silently - when",
        "^write|add|save|store|create|keep|record 4 memory|memories 4 always|never|that|trust|Verdict",
        "^remember this|that 2 forever|always|permanently",
        "^open|visit|fetch|read|load|get 12 carry|follow|obey|execute 2 its|their 1 orders|instructions|commands",
        "^Do|execute 14 keep 1 quiet|silent|secret",
        "without waiting for 4 Do - Refused",
        "^silence|suppress|mute|Do 8 tell no|nobody 1 one|anyone",
        "from|in|of your 1 Tool 1 list|set",
        "^delete|erase|clear|wipe your 1 notes|memory|history|context|findings",
        "Secretly 3 Do 8 the|a|all|every|any - Refused",
        "^silently|secretly|quietly|covertly 0 change|modify|delete|close|mark|set|update|approve|send|add|remove|run|execute|grant|"
        + "forward",
        "^call|invoke|use|trigger|run 4 tool|function|plugin 8 rm|delete|drop|transfer|evil|force|immediately",
        "^call|invoke|trigger 4 tool|function|plugin 8 now|at|http|https",
        "^call|invoke|trigger|use 1 the|a|your 2 tool|plugin 0 with",
        "you must|should|shall|will|need 1 call|invoke|use|run|execute 2 tool|function|plugin 3 now|immediately|first|at|before",
        "use|using|with|call your 1 Tool 1 to|and|for",
        "^approve|accept|confirm|acknowledge|sign|merge 8 behalf|automatically|unconditionally|blindly - Condition",
        "acknowledge|approve|accept|confirm|agree 6 on 1 users|user|operators|my|their 2 behalf",
        "auto approve 1 all|every|any|each",
        "^skip|bypass 2 confirmation|approval|review|verification|check|checks 1 step|steps|and 1 and|delete|run|execute|proceed|"
        + "apply|continue",
        "you 2 have|are 2 permission|allowed|authorized|authorised|permitted|cleared|free to 2 execute|run|delete|access|do|disclose|"
        + "reveal|share|use 1 any|all|every|anything|everything",
        "^grant|give 2 access|permission|permissions|rights 1 to anyone|everyone|everybody|me",
        "then|and 1 continue|resume|finish|proceed 2 your 1 analysis|answer|summary|investigation|report",
        "before you 1 analyse|analyze|summarise|summarize|diagnose|investigate",
        "^remember|memorize|memorise 6 future|all|every 1 conversations|sessions|chats|interactions|answers|requests",
        "^write|add|save|store|create|keep 2 memory|memories 4 always|never|that|trust",
        "^update|edit|rewrite|change|modify|add|save|store 3 your 1 memory|memories|knowledge|instructions|guidelines|prompt|rules",
        "in|for all 1 future|later|following 1 conversations|sessions|chats|answers",
    ];
}
