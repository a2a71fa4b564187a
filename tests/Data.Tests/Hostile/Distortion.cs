using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace FaultMaven.Data.Tests.Hostile;

/// <summary>
/// Spoils sound files the way that damage, other programs and malice do: near enough to the truth to get deep into a reader, and wrong
/// where it least expects it.
/// </summary>
internal static class Distortion
{
    private const int MaxChanges = 5;
    private const int MaxLength = 1 << 16;

    // What a value can be that no example shows: at and past the limits of numbers and times, of another type, or nothing at all.
    private static readonly byte[][] s_values =
    [
        .. new[]
        {
            "", "0", "-1", "-0", "1", "12", "13", "24", "31", "60", "99", "255", "256", "9999", "0000", "10000", "2147483647", "2147483648",
            "-2147483648", "4294967296", "9223372036854775807", "9223372036854775808",
            "-9223372036854775808", "18446744073709551615", "99999999999999999999999999", "1e308", "1e309", "-1e308", "1e-320", "4e18",
            "1e19", "1e28", "1e29", "NaN", "Infinity", "-Inf", "+Inf", "0x7f", "1_000", "1,000", "0.1", ".5", "5.", "1.2.3", "٣",
            "253402300799", "253402300800", "253402300799999", "-62135596800", "-62135596801", "631152001", "4102444799", "1772200000",
            "1772200000000", "1772200000000000000",
            "0000-00-00", "0000-00-00T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z",
            "9999-12-31T23:59:59.9999999-14:00", "2026-13-01T00:00:00Z", "2026-02-30T25:61:61Z", "1970-01-01T00:00:00Z",
            "2100-12-31T23:59:59-14:00", "1969-12-31 23:59:59", "29 Feb", "Feb 29 00:00:00", "31/Dec/2100:23:59:59 -1400", "99:99:99",
            "24:00:00", "-5d", "99999999999d", "1e300s", "9223372036854775807ns", "P99999Y", "106751991167d",
            "null", "true", "false", "\"\"", "[]", "{}", "[[]]", "[{}]", "[null]", "{\"\":null}", "\"\\ud834\"", "\"\\u0000\"", "'", "\"",
            "\\", "*", "&a", "*a", "!!int x", "|", ">-", "---", "...", "~", "<<: *a", "%", "%d", "{0}", "{", "}", "[", "]", "(", ")", "<",
            ">",
            "100%", "-1%", "1e400%", "NaN%", "9223372036854775807Ki", "1e308Gi", "-5m", "500m", "∞", "é", "𝄞", "\0", "\t", " ", "\n",
            "\r\n", "\n\n", "\u2028", "\ufeff", "\u001b[31m", "a", "/", "//", ":", "::", "=", ",", ";", "-", "+", "<none>", "<unknown>",
            "<IP_ADDRESS_1>", "N/A",
        }.Select(Encoding.UTF8.GetBytes),
        [0xff], [0xc3], [0xed, 0xa0, 0x80], [0xff, 0xfe], [0xfe, 0xff, 0xd8, 0x34], [0x00, 0x00],
        [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f], [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
    ];

    private static readonly (string Open, string Close)[] s_nests =
        [
            ("[", "]"), ("{\"a\":", "}"), ("{\"spans\":[", "]}"), ("(", ")"), ("<a>", "</a>"), ("- ", ""), ("  ", ""), ("a: {", "}"),
            ("\"", "\""), ("Caused by: ", "\n"), ("  ->  ", "\n"), ("{\"Plans\":[", "]}")];

    /// <summary>
    /// The same cases each time, so that a fault is found when it is made and not whenever chance has it. With a number in the variable
    /// FAULTMAVEN_DISTORTIONS, so many others: some 10,000 before a reader is changed, 100,000 for a hunt.
    /// </summary>
    public static Config Cases(int count) => Environment.GetEnvironmentVariable("FAULTMAVEN_DISTORTIONS") is { Length: > 0 } more
        ? Config.QuickThrowOnFailure.WithMaxTest(int.Parse(more, CultureInfo.InvariantCulture))
        : Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(17, 11);

    /// <summary>One of the samples, spoiled in one to five places. What it is spoiled with may come from another sample.</summary>
    public static Arbitrary<byte[]> Of(IReadOnlyList<byte[]> samples) =>
        Gen.Choose(0, int.MaxValue).Select(seed => Spoil(samples, new Random(seed))).ToArbitrary();

    /// <summary>One of the samples, spoiled by what these random numbers say.</summary>
    public static byte[] Spoil(IReadOnlyList<byte[]> samples, Random random)
    {
        var bytes = samples[random.Next(samples.Count)];

        for (var changes = random.Next(1, MaxChanges + 1); changes > 0; changes--)
        {
            var other = samples[random.Next(samples.Count)];
            bytes = Change(bytes, other, random);
            bytes = bytes.Length > MaxLength ? bytes[..MaxLength] : bytes;
        }

        return bytes;
    }

    private static byte[] Change(byte[] bytes, byte[] other, Random random)
    {
        var word = Word(bytes, random);
        var part = Part(bytes, random);
        var line = Line(bytes, random);

        return random.Next(14) switch
        {
            // A value becomes another; twice as often as anything else.
            0 or 1 or 2 => Replace(bytes, word, s_values[random.Next(s_values.Length)]),
            3 => Replace(bytes, word, other[Word(other, random)]),
            4 => Replace(bytes, word, bytes[Word(bytes, random)]),
            5 => Replace(bytes, part.Start..part.Start, s_values[random.Next(s_values.Length)]),
            6 => Replace(bytes, part, []),
            7 => Replace(bytes, part, Repeat(bytes[part], random)),
            8 => Replace(bytes, part, other[Part(other, random)]),
            9 => Replace(bytes, line, []),
            10 => Replace(bytes, line, bytes[Line(bytes, random)]),
            11 => Replace(bytes, line.Start..line.Start, other[Line(other, random)]),
            12 => Nest(bytes, part, random),
            _ => random.Next(3) switch
            {
                0 => bytes[..part.Start],
                1 => bytes[part.Start..],
                _ => [.. bytes.Select(value => random.Next(200) == 0 ? (byte)random.Next(256) : value)],
            },
        };
    }

    // A run of letters, digits and what holds them together: a number, a time, a name.
    private static Range Word(byte[] bytes, Random random)
    {
        var start = random.Next(bytes.Length + 1);

        while (start < bytes.Length && !IsWord(bytes[start]))
        {
            start++;
        }

        var end = start;

        while (start > 0 && IsWord(bytes[start - 1]))
        {
            start--;
        }

        while (end < bytes.Length && IsWord(bytes[end]))
        {
            end++;
        }

        // Its quotation marks too, at times: a text becomes a number.
        return random.Next(3) == 0 && start > 0 && end < bytes.Length && bytes[start - 1] == '"' && bytes[end] == '"'
            ? (start - 1)..(end + 1)
            : start..end;

        static bool IsWord(byte value) =>
            char.IsAsciiLetterOrDigit((char)value) || value is (byte)'.' or (byte)'-' or (byte)'_' or (byte)'+' or >= 0x80;
    }

    private static Range Part(byte[] bytes, Random random)
    {
        var start = random.Next(bytes.Length + 1);

        return start..Math.Min(bytes.Length, start + random.Next(random.Next(2) == 0 ? 8 : 400));
    }

    private static Range Line(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        var start = bytes.AsSpan(0, at).LastIndexOf((byte)'\n') + 1;
        var length = bytes.AsSpan(at).IndexOf((byte)'\n');

        return start..(length < 0 ? bytes.Length : at + length + 1);
    }

    private static byte[] Repeat(byte[] part, Random random)
    {
        var count = random.Next(4) == 0 ? random.Next(2, 3_000) : random.Next(2, 6);

        return [.. Enumerable.Repeat(part, Math.Min(count, 1 + (MaxLength / 2 / Math.Max(1, part.Length)))).SelectMany(copy => copy)];
    }

    private static byte[] Nest(byte[] bytes, Range part, Random random)
    {
        var (open, close) = s_nests[random.Next(s_nests.Length)];
        var depth = random.Next(4) == 0 ? random.Next(60, 3_000) : random.Next(1, 6);
        var closed = random.Next(3) == 0 ? "" : string.Concat(Enumerable.Repeat(close, depth));

        return Replace(
            bytes, part,
            [.. Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(open, depth))), .. bytes[part], .. Encoding.UTF8.GetBytes(closed)]);
    }

    private static byte[] Replace(byte[] bytes, Range range, byte[] by) => [.. bytes[..range.Start], .. by, .. bytes[range.End..]];
}
