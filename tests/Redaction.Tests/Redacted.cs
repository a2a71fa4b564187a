using System.Text;
using FaultMaven.Redaction.Pseudonyms;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Scanning;
using FaultMaven.Redaction.Text;

namespace FaultMaven.Redaction.Tests;

/// <summary>The engine without its service, for tests of many small texts.</summary>
internal static class Redacted
{
    public static RecognitionEngine Engine { get; } = RecognitionEngine.CreateDefault();

    public static Scope Scope { get; } = Scope.TryParse("cases/1", out var scope) ? scope.Value : throw new InvalidOperationException();

    /// <summary>A text in a scope of its own.</summary>
    public static async Task<string> Text(string text)
    {
        var redacted = await new TextRedactor(Engine, new InMemoryPseudonyms()).RedactAsync(Scope, [text], TestContext.Current.CancellationToken);
        return redacted[0].Text;
    }

    /// <summary>What is found in a text.</summary>
    public static IReadOnlyList<ScannedFinding> Findings(string text) =>
        new TextRedactor(Engine, new InMemoryPseudonyms()).Inspect(text, TestContext.Current.CancellationToken);

    /// <summary>A text that arrives in pieces, in a scope of its own.</summary>
    public static async Task<string> Pieces(IEnumerable<string> pieces)
    {
        var text = new StringBuilder();
        var redactor = new TextRedactor(Engine, new InMemoryPseudonyms());
        await foreach (var piece in redactor.RedactAsync(Scope, pieces.ToAsyncEnumerable(), TestContext.Current.CancellationToken))
        {
            text.Append(piece.Text);
        }

        return text.ToString();
    }
}
