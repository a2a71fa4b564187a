using BenchmarkDotNet.Attributes;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Scanning;

namespace FaultMaven.Benchmarks;

/// <summary>
/// How fast logs are searched on one core, without the store of pseudonyms; and ripgrep, where it is installed, counting the matches of the
/// same literals in the same text as a file. Sizes in characters, which are bytes but for a few in ten thousand.
/// </summary>
[MemoryDiagnoser]
[ShortRunJob]
public class RedactionBenchmarks
{
    private const int Megabyte = 1024 * 1024;
    private const int Piece = 32 * 1024;

    private readonly RecognitionEngine _engine = RecognitionEngine.CreateDefault();
    private readonly FindingList _findings = new();
    private readonly List<ScannedPiece> _pieces = [];
    private string _text = "";
    private Ripgrep? _ripgrep;

    [Params(4 * Megabyte, 16 * Megabyte)]
    public int Length { get; set; }

    [Params(false, true)]
    public bool WithSecrets { get; set; }

    [GlobalSetup]
    public void Generate()
    {
        _text = MadeUpLogs.Create(Length, WithSecrets);
        _ripgrep = Ripgrep.Find(_text);
    }

    [GlobalCleanup]
    public void CleanUp() => _ripgrep?.Dispose();

    /// <summary>The recognisers, window by window.</summary>
    [Benchmark(Baseline = true)]
    public int Find()
    {
        var found = 0;
        for (var at = 0; at < _text.Length; at += TextScanner.Window)
        {
            _engine.Find(_text.AsSpan(at, Math.Min(TextScanner.Window, _text.Length - at)), _findings);
            found += _findings.Count;
        }

        return found;
    }

    /// <summary>The same for text that arrives in pieces, which hands on the text with its findings.</summary>
    [Benchmark]
    public int Scan()
    {
        var stretches = 0;
        using var scanner = new TextScanner(_engine);
        for (var at = 0; at < _text.Length; at += Piece)
        {
            scanner.Append(_text.AsSpan(at, Math.Min(Piece, _text.Length - at)), _pieces);
            stretches += UseUp(_pieces);
        }

        scanner.Complete(_pieces);
        return stretches + UseUp(_pieces);
    }

    private static int UseUp(List<ScannedPiece> pieces)
    {
        var count = pieces.Count;
        foreach (var piece in pieces)
        {
            piece.Text.Dispose();
        }

        pieces.Clear();
        return count;
    }

    /// <summary>ripgrep in one thread, its start included. Without it, nothing is measured here and a note is printed.</summary>
    [Benchmark]
    public string RipgrepCount() => _ripgrep?.Count() ?? "rg is not installed";
}
