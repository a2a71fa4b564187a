namespace FaultMaven.Data.Analysis.Catalogue;

internal static partial class SignalCatalogue
{
    private static SignalFamily Statements() => new(
        "Statements",
        """
        A statement is what a line, a row or a field says in its own words, whatever program wrote it and at whatever level. It is read
        by the grammar of problem language in `services/Data/Analysis/Statements/problem-language.txt`. The other kinds may say the same
        of the same lines in terms of a known tool; evidence counts once.
        """,
        """
        `object` is the thing that is full, missing or refused, `object_kind` what kind of thing that is (`object-kinds.txt`). `spread`
        is the share of the log's time in which it was said: what was said all along is not what began an incident.
        """,
        [
            Statement("exhausted", "something is full, used up or at its limit"),
            Statement("refused", "a peer refused to talk or to do something"),
            Statement("unreachable", "a peer or a name could not be reached"),
            Statement("timed_out", "an answer did not come in time"),
            Statement("denied", "credentials or permissions were refused"),
            Statement("missing", "something that is needed does not exist"),
            Statement("invalid", "something is malformed, unknown, unsupported or does not fit"),
            Statement("conflict", "someone else holds or has it already"),
            Statement("expired", "something is past its time, or before it"),
            Statement("corrupt", "stored or transmitted data, or a device, is damaged"),
            Statement("crashed", "a process ended against its will"),
            Statement("throttled", "calls are slowed down or turned away"),
            Statement("behind", "something is slow, overloaded or has more to do than it gets done"),
            Statement("lost", "something that was there is gone: a connection, a member, a device"),
            Statement("restarted", "something started again, or another member took over"),
            Statement("diverged", "copies or clocks that should agree do not"),
            Statement("misconfigured", "a setting cannot work"),
            Statement("failed", "something failed, without saying how"),
            Statement("recovered", "a problem is over"),
            Statement("fine", "normal: something is said to work"),
        ]);

    private static SignalKind Statement(string name, string means) => new($"statement.{name}", means, "service, node, file",
        "object", "object_kind", "speaker", "peer", "quantity", "limit", "specificity", "count", "level", "service", "spread", "context");
}
