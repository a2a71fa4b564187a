using System.Text;
using FaultMaven.Redaction.External;
using FaultMaven.Redaction.Policies;
using FaultMaven.Redaction.Store;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Restoring;
using FaultMaven.Redaction.Scanning;
using FaultMaven.Redaction.Redacting;
using FaultMaven.ServiceDefaults.Flags;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace FaultMaven.Redaction.Tests;

/// <summary>The engine without its service, for tests of many small texts.</summary>
internal static class Redacted
{
    // Made up.
    private const string Key = "dGVzdC1rZXktdGhhdC1pcy1vbmx5LWZvci10ZXN0cyEhISE=";

    private static readonly PolicyCompiler s_compiler = new(RecognitionEngine.CreateDefault(), TimeProvider.System);

    public static RecognitionEngine Engine => s_compiler.Default.EngineForCall();

    public static Scope Scope { get; } = ScopeOf("cases/1");

    /// <summary>A text in its own scope.</summary>
    public static Task<string> Text(string text) => Text(text, new InMemoryPseudonyms());

    /// <summary>A text in a scope that may know some placeholders, under a policy that may be another than the built-in one.</summary>
    public static async Task<string> Text(string text, IPseudonyms pseudonyms, bool keepPlaceholders = true,
        Proto.RedactionPolicy? policy = null)
    {
        var redacted = await Redactor(pseudonyms)
            .RedactAsync(Terms(keepPlaceholders, policy), [text], TestContext.Current.CancellationToken);
        return redacted[0].Text;
    }

    /// <summary>What is found in a text.</summary>
    public static IReadOnlyList<ScannedFinding> Findings(string text)
    {
        using var scanner = new TextScanner(Engine);
        var scanned = new List<ScannedPiece>();
        scanner.Append(text, scanned);
        scanner.Complete(scanned);
        return [.. scanned.SelectMany(piece => piece.Findings).Where(finding => finding.Type != FindingTypes.Literal)];
    }

    /// <summary>A text that arrives in pieces, in its own scope.</summary>
    public static Task<string> Pieces(IEnumerable<string> pieces) => Pieces(pieces, new InMemoryPseudonyms());

    /// <summary>A text that arrives in pieces, in a scope that may know some placeholders.</summary>
    public static Task<string> Pieces(IEnumerable<string> pieces, IPseudonyms pseudonyms, bool keepPlaceholders = true) =>
        Pieces(pieces.Select(piece => new TextPiece(piece, default)), pseudonyms, keepPlaceholders);

    /// <summary>A text that arrives in pieces of UTF-8, in its own scope.</summary>
    public static Task<string> Utf8Pieces(IEnumerable<string> pieces) =>
        Pieces(pieces.Select(piece => new TextPiece("", Encoding.UTF8.GetBytes(piece))), new InMemoryPseudonyms(), keepPlaceholders: true);

    private static async Task<string> Pieces(IEnumerable<TextPiece> pieces, IPseudonyms pseudonyms, bool keepPlaceholders)
    {
        var text = new StringBuilder();
        await foreach (var redacted in Redactor(pseudonyms)
            .RedactAsync(Terms(keepPlaceholders, null), pieces.ToAsyncEnumerable(), TestContext.Current.CancellationToken))
        {
            text.AppendJoin("", redacted.Select(piece => piece.Text));
        }

        return text.ToString();
    }

    /// <summary>A text with the values of its scope put back.</summary>
    public static async Task<string> Restored(string text, IPseudonyms pseudonyms, int pieceLength = int.MaxValue)
    {
        var restored = new StringBuilder();
        var pieces = text.Chunk(Math.Min(pieceLength, Math.Max(1, text.Length))).Select(chars => new string(chars)).ToAsyncEnumerable();
        await foreach (var piece in new TextRestorer(pseudonyms).RestoreAsync(Scope, pieces, TestContext.Current.CancellationToken))
        {
            restored.Append(piece.Text);
        }

        return restored.ToString();
    }

    public static Scope ScopeOf(string name) =>
        Scope.TryParse("local", name, out var scope) ? scope.Value : throw new InvalidOperationException();

    /// <summary>A key in the folder of a test, or the one that all hosts of tests share.</summary>
    public static PseudonymKey KeyIn(string? directory) =>
        new(Options.Create(new RedactionOptions { Key = directory is null ? Key : null }), new ContentRoot(directory ?? ""));

    private static RedactionTerms Terms(bool keepPlaceholders, Proto.RedactionPolicy? policy) =>
        new(Scope, policy is null ? s_compiler.Default : s_compiler.Compile(policy), keepPlaceholders);

    private static TextRedactor Redactor(IPseudonyms pseudonyms)
    {
        var none = Options.Create(new ExternalOptions());
        var external = new ExternalRecognizer(
            new AnalyzerClient(new NoHttp(), none), none, new FlagValues([]), NullLogger<ExternalRecognizer>.Instance);
        return new TextRedactor(pseudonyms, new PlaceholderHash(KeyIn(null)), external);
    }

    private sealed class NoHttp : IHttpClientFactory
    {
        public HttpClient CreateClient(string name) => throw new InvalidOperationException("No external recogniser is configured.");
    }

    private sealed class ContentRoot(string path) : IHostEnvironment
    {
        public string ApplicationName { get; set; } = "tests";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();

        public string ContentRootPath { get; set; } = path;

        public string EnvironmentName { get; set; } = Environments.Development;
    }
}
