using System.Buffers;
using FaultMaven.Data.Analysis.Logs.Times;

namespace FaultMaven.Data.Analysis.Logs.Formats;

/// <summary>Reads <c>ts=2026-03-12T12:00:01Z level=error msg="no route to host" service=cart err="dial tcp: refused"</c>.</summary>
internal static class LogfmtLine
{
    private static readonly SearchValues<char> s_keyCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.@-");

    public static bool TryRead(ReadOnlySpan<char> line, TimeText times, ref ParsedLine parsed)
    {
        if (!char.IsAsciiLetter(line[0]) && line[0] != '@')
        {
            return false;
        }

        var read = default(ParsedLine);
        var telling = 0;
        var rest = line;
        while (Pair(ref rest, out var key, out var value))
        {
            telling += Take(FieldNames.Of(key), value, times, ref read) ? 1 : 0;
        }

        // Two fields that only logs have, or it is prose with an equals sign.
        if (telling < 2 || (read.Message.IsEmpty && read.Level == Proto.EntryLevel.Unspecified))
        {
            return false;
        }

        read.Message = read.Message.IsEmpty ? line : read.Message;
        read.IsEvent = true;
        parsed = read;
        return true;
    }

    private static bool Pair(scoped ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> key, out ReadOnlySpan<char> value)
    {
        rest = rest.TrimStart(' ');
        value = default;
        var equals = rest.IndexOf('=');
        key = equals < 0 ? default : rest[..equals];
        if (equals < 1 || key.ContainsAnyExcept(s_keyCharacters))
        {
            return false;
        }

        rest = rest[(equals + 1)..];
        var quoted = !rest.IsEmpty && rest[0] == '"';
        var end = quoted ? 1 : 0;
        while (end < rest.Length && (quoted ? rest[end] != '"' || rest[end - 1] == '\\' : rest[end] != ' '))
        {
            end++;
        }

        value = quoted ? rest[1..end] : rest[..end];
        rest = rest[Math.Min(end + 1, rest.Length)..];
        return true;
    }

    private static bool Take(FieldNames.Meaning meaning, ReadOnlySpan<char> value, TimeText times, ref ParsedLine parsed)
    {
        switch (meaning)
        {
            case FieldNames.Meaning.Time when parsed.Time is null:
                parsed.Time = times.Read(value) is { Length: > 0 } reading ? reading.Time
                    : double.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out var epoch) ? JsonLine.OfEpoch(epoch)
                        : null;
                return parsed.Time is not null;
            case FieldNames.Meaning.Level when parsed.Level == Proto.EntryLevel.Unspecified:
                parsed.Level = LevelNames.Parse(value);
                return parsed.Level != Proto.EntryLevel.Unspecified;
            case FieldNames.Meaning.Message when parsed.Message.IsEmpty:
                parsed.Message = value;
                return true;
            case FieldNames.Meaning.Source when parsed.Source.IsEmpty:
                parsed.Source = value;
                return false;
            case FieldNames.Meaning.Detail when parsed.Detail.IsEmpty:
                parsed.Detail = value;
                return false;
            default:
                return false;
        }
    }
}
