namespace FaultMaven.Data.Analysis.Catalogue;

internal static partial class SignalCatalogue
{
    private static SignalFamily Screening() => new(
        "Any evidence",
        "",
        """
        `evidence.prompt_injection` is no trouble by itself: it says that somebody wrote for a machine that reads along. Its `type` lists what the passages do: `override`, `role`,
        `tool_use`, `delimiter`, `exfiltration`, `disclosure`, `hidden_text` (`PassageKind` in the contract of Redaction). They are withheld from models; see security.md.
        """,
        [
            new("evidence.prompt_injection", "passages speak to a language model rather than to people", "file", "count", "type"),
        ]);
}
