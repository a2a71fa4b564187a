namespace FaultMaven.Data.Analysis.Catalogue;

internal static partial class SignalCatalogue
{
    private static SignalFamily Screening() => new(
        "Any evidence",
        "",
        """
        `evidence.prompt_injection` is not a failure: it reports text written for an AI model that reads the evidence. Its `type` lists what
        the passages do: `override`, `role`, `tool_use`, `delimiter`, `exfiltration`, `disclosure`, `hidden_text` (`PassageKind` in the
        contract of Redaction). They are withheld from models; see security.md.
        """,
        [
            new("evidence.prompt_injection", "passages look like prompt injection: instructions addressed to an AI model", "file", "count",
                "type"),
        ]);
}
