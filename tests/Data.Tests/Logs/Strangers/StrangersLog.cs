using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace FaultMaven.Data.Tests.Logs.Strangers;

/// <summary>
/// A log in a format that no reader was written for, made line by line from a section of the files in Strangers:
/// <code>
/// ### name
/// «time:HH:mm:ss» «level:INFO,WARN» «message»
/// || «epoch»;«fixed:a,b»;«message»
/// >> «hex:8» «message»
/// door «n:1-9» opened
/// </code>
/// The first line is the header. Headers behind <c>||</c> are mixed with it line by line, those behind <c>>></c> follow it in the second
/// half. What is below are the messages; a line's true template is the number of its message.
/// </summary>
internal sealed partial class StrangersLog
{
    private const int Lines = 1_000;
    private const string Message = "«message»";

    private static readonly string[] s_names =
        ["amber", "birch", "cedar", "dahlia", "elder", "fern", "ginkgo", "hazel", "iris", "juniper", "kapok", "laurel"];

    private static readonly DateTime s_start = new(2026, 3, 9, 7, 58, 3);

    private readonly Random _random;
    private DateTime _time = s_start;
    private int _sequence = 4_100;

    private StrangersLog(string section)
    {
        var lines = section.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Name = lines[0];
        _random = new Random((int)Name.Aggregate(17u, (hash, letter) => (hash * 31) + letter));
        var isHeader = (string line, int i) => i == 1 || line.StartsWith("|| ", StringComparison.Ordinal)
            || line.StartsWith(">> ", StringComparison.Ordinal);
        string[] headers = [.. lines.Where(isHeader)];
        string[] messages = [.. lines.Skip(1 + headers.Length)];
        Write(headers, messages);
    }

    /// <summary>What it is.</summary>
    public string Name { get; }

    /// <summary>Its lines, headers included.</summary>
    public List<string> Raw { get; } = [];

    /// <summary>The message of each line, alone.</summary>
    public List<string> Messages { get; } = [];

    /// <summary>Which message of the section each line has.</summary>
    public List<int> Truth { get; } = [];

    public static IEnumerable<StrangersLog> All()
    {
        var assembly = typeof(StrangersLog).Assembly;
        var files = assembly.GetManifestResourceNames().Where(name => name.StartsWith("Strangers/", StringComparison.Ordinal)).Order();
        foreach (var file in files)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(file)!);
            var text = "\n" + reader.ReadToEnd().ReplaceLineEndings("\n");
            foreach (var section in text.Split("\n### ", StringSplitOptions.RemoveEmptyEntries))
            {
                yield return new StrangersLog(section);
            }
        }
    }

    private void Write(string[] headers, string[] messages)
    {
        var follows = headers.Any(header => header.StartsWith(">> ", StringComparison.Ordinal));
        for (var i = 0; i < Lines; i++)
        {
            // Some messages are ten times as frequent as others.
            var which = (int)(messages.Length * Math.Pow(_random.NextDouble(), 1.7));
            var header = headers[follows ? 2 * i / Lines : which % headers.Length];
            header = header.StartsWith("|| ", StringComparison.Ordinal) || header.StartsWith(">> ", StringComparison.Ordinal)
                ? header[3..] : header;
            _time = _time.AddMilliseconds(_random.Next(1, 4_000));
            _sequence++;
            var message = Fill(messages[which], which);
            Truth.Add(which);
            Messages.Add(message);
            Raw.Add(Fill(header.Replace(Message, "\0"), which).Replace("\0", message));
        }
    }

    private string Fill(string pattern, int which) => Place().Replace(pattern, place =>
    {
        var value = Value(place.Groups["kind"].Value, place.Groups["of"].Value, which);
        var width = place.Groups["width"].Value;
        return width.Length == 0 ? value
            : width[0] == '0' ? value.PadLeft(int.Parse(width), '0')
            : width[0] == '-' ? value.PadLeft(int.Parse(width[1..])) : value.PadRight(int.Parse(width));
    });

    private string Value(string kind, string of, int which) => kind switch
    {
        "time" => _time.ToString(of, CultureInfo.InvariantCulture),
        "TIME" => _time.ToString(of, CultureInfo.InvariantCulture).ToUpperInvariant(),
        "doy" => _time.DayOfYear.ToString("000"),
        "epoch" => $"{Micros() / 1_000_000}",
        "millis" => $"{Micros() / 1_000}",
        "micros" => $"{Micros()}",
        "ticks" => (Micros() / 1_000).ToString("X16"),
        "seq" => $"{_sequence}",
        "level" or "fixed" => of.Split(',') is var fixedValues ? fixedValues[which % fixedValues.Length] : "",
        "any" => of.Split(',') is var values ? values[_random.Next(values.Length)] : "",
        "n" => of.Split('-') is var range ? $"{_random.Next(int.Parse(range[0]), int.Parse(range[1]) + 1)}" : "",
        "hex" => string.Concat(Enumerable.Range(0, int.Parse(of)).Select(_ => _random.Next(16).ToString("x"))),
        "uuid" => $"{Value("hex", "8", which)}-{Value("hex", "4", which)}-4{Value("hex", "3", which)}-9{Value("hex", "3", which)}-"
            + Value("hex", "12", which),
        "ip" => $"10.{_random.Next(256)}.{_random.Next(256)}.{_random.Next(1, 255)}",
        "name" => s_names[_random.Next(s_names.Length)],
        "path" => $"/{s_names[_random.Next(s_names.Length)]}/{s_names[_random.Next(s_names.Length)]}{_random.Next(100)}",
        "mailid" => $"1{Letters(5)}-{Letters(6)}-{Letters(2)}",
        "session" => _random.Next(9) == 0 ? "Logon" : $"spid{_random.Next(5, 99)}",
        _ => throw new FormatException($"No such place: {kind}"),
    };

    private long Micros() => ((_time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond) + _random.Next(1_000);

    private string Letters(int count)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            text.Append(Alphabet[_random.Next(Alphabet.Length)]);
        }

        return text.ToString();
    }

    [GeneratedRegex("«(?<kind>[A-Za-z]+)(:(?<of>[^»~]*))?(~(?<width>[^»]+))?»")]
    private static partial Regex Place();
}
