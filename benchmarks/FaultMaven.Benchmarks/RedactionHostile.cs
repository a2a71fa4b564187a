using System.Diagnostics;
using FaultMaven.Redaction.Recognition;
using FaultMaven.Redaction.Scanning;

namespace FaultMaven.Benchmarks;

/// <summary>
/// Reads text that recognisers start at again and again: one unit repeated. Prints how many million characters of it a second of processor
/// time reads, the slowest first.
/// </summary>
internal static class RedactionHostile
{
    private const int Length = 200_000;
    private const int Rounds = 12;

    private static readonly string[] s_units =
    [
        "key|", "sig=", "auth=(", "://", "cGFzc3dvcmQ9", "password=", "password:", "token ", "secret,", "key=", "key:", "pass(",
        "\"password\":", "password \"", "pwd='",
        "api|", "-p ", "curl -u ", "mysql -p", "sshpass -p ", "echo ", "pass:", "Cookie: a=", "sessionid=", "bearer ", "Authorization: ",
        "-----BEGIN ",
        "-----BEGIN PRIVATE KEY-----", "MI", "LS0tLS1CRUdJTi", "eyJ", "eyJ.", "%3A%2F%2F", "%3D", "%41", "@tcp(", "a:b@", "https://a:b@",
        "{\"d\":\"", "\"k\":",
        "name: password", "name=\"password\"", "<password>", "<key>password</key>", "\\n", "\\u003d", "\\\"", "&quot;", "''", "'\\''", "((",
        "[[", "{{", "${", "$(",
        "<![CDATA[", "[\"", "password=[\"", "get(", "password=get(", "or ", "|| ", "password or ", "<td>", "key</", "| key ", "1 ", "1.1.",
        "::", "::1", "a@b.", "Ada, ",
        "Dear ", "user=", "/home/", "+44 ", "4111 ", "GB82 ", "passport ", "00:00:", "<A_1>", "<A", "\0", "\u200b", "\ud83d", "key is ",
        "password=<", "password: |\n ",
        "key,", "token%3D", "&password=", "basic ", "jdbc:oracle:thin:", "Q~", "SG.", "get key(", "auth=(\"a\",", "key->", "key=>",
        "pass\\t", "UGFzc3c", "c2VjcmV0",
        "pwd%3D%", "sqlplus ", "htpasswd -b ", "ConvertTo-SecureString ", "getConnection(", "%25", "%2525", "ZXlK", "\\\\",
    ];

    private static readonly RecognitionEngine s_engine = RecognitionEngine.CreateDefault();

    public static void Run()
    {
        foreach (var (unit, speed) in s_units.Select(unit => (unit, Measure(unit))).OrderBy(measured => measured.Item2))
        {
            Console.WriteLine($"{speed,8:F1} M characters/s  {System.Text.Json.JsonSerializer.Serialize(unit)}");
        }
    }

    private static double Measure(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, Length / unit.Length));
        using var process = Process.GetCurrentProcess();
        var best = TimeSpan.MaxValue;
        for (var round = 0; round < Rounds; round++)
        {
            process.Refresh();
            var before = process.TotalProcessorTime;
            Scan(text);
            process.Refresh();
            var taken = process.TotalProcessorTime - before;
            best = taken < best ? taken : best;
        }

        return text.Length / best.TotalSeconds / 1e6;
    }

    private static void Scan(string text)
    {
        using var scanner = new TextScanner(s_engine);
        var scanned = new List<ScannedPiece>();
        for (var at = 0; at < text.Length; at += TextScanner.Window)
        {
            scanner.Append(text.AsSpan(at, Math.Min(TextScanner.Window, text.Length - at)), scanned);
            scanned.Clear();
        }

        scanner.Complete(scanned);
    }
}
